/** The service's clock as this device knows it: what it showed at an instant of ours, and how many times as fast it runs. */
export interface KnownClock {
  /** Epoch milliseconds by the service's clock. */
  readonly at: number;
  /** The same instant by ours. */
  readonly ours: number;
  readonly speed: number;
}

/** What the service's clock shows at an instant of ours, epoch milliseconds. */
export const shownBy = ({ at, ours, speed }: KnownClock, now: number): number => at + (now - ours) * speed;

/**
 * The clock that was kept on this device, for a page that is opened without a network. An older version has kept only how far ahead
 * the service's clock was. @returns one that shows what ours does where nothing was kept, or nothing that can be read.
 */
export function keptClock(text: string | null, now: number): KnownClock {
  const real = { at: now, ours: now, speed: 1 };
  if (text === null) return real;
  const kept = parsed(text);
  if (typeof kept === 'number') return { ...real, at: now + kept };
  const { at, ours, speed } = (kept ?? {}) as Partial<Record<keyof KnownClock, unknown>>;
  if (typeof at !== 'number' || typeof ours !== 'number' || typeof speed !== 'number') return real;
  return { at, ours, speed };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
