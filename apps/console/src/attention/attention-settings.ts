import { useSyncExternalStore } from 'react';

/** How this device draws attention: it stays so until somebody changes it here. */
export interface AttentionSettings {
  readonly sounds: boolean;
  /** Calls trucks to their bays aloud: on one device of a station, so that they are not called by all of them. */
  readonly voice: boolean;
  /** The screen stays on while the board is open. */
  readonly awake: boolean;
  /** 0 to 100. */
  readonly volume: number;
}

const place = 'yizhan.attention';
const usual: AttentionSettings = { sounds: true, voice: false, awake: true, volume: 70 };
const listeners = new Set<() => void>();
let current: AttentionSettings | undefined;

function read(): AttentionSettings {
  const text = localStorage.getItem(place);
  return text === null ? usual : { ...usual, ...(JSON.parse(text) as Partial<AttentionSettings>) };
}

export const attentionSettings = (): AttentionSettings => (current ??= read());

export function changeAttention(changes: Partial<AttentionSettings>): void {
  current = { ...attentionSettings(), ...changes };
  localStorage.setItem(place, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAttentionSettings = (): AttentionSettings => useSyncExternalStore(subscribe, attentionSettings);
