import { statfs } from 'node:fs/promises';
import type { BackupState, StorageSign, StorageState } from '@yizhan/service-process';
import { judgeStorage } from './judge-storage.js';

export interface WatchSettings {
  /** Folders of which each must have room. */
  readonly folders: readonly string[];
  /** Bytes that are kept free. */
  readonly reserveBytes: number;
  /** Told of every change. */
  readonly onChange: (state: StorageState, freeBytes: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** In this time a disk that takes 100 MB a second takes a fifth of the usual reserve. */
const lookEvery = 1_000;

/** Looks at the disk again and again, so that nothing new is taken in while PostgreSQL still has the room to write it down. */
export class StorageWatch implements StorageSign {
  #timer: NodeJS.Timeout | undefined;
  state: StorageState = 'ok';
  freeBytes = Number.MAX_SAFE_INTEGER;
  /** Said by who makes them. */
  backups: BackupState = 'ok';

  constructor(private readonly settings: WatchSettings) {}

  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look().catch(this.settings.onFault), lookEvery);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const { folders, reserveBytes, onChange } = this.settings;
    const free = await Promise.all(folders.map(freeIn));
    this.freeBytes = Math.min(...free);
    const state = judgeStorage(this.freeBytes, reserveBytes, this.state);
    if (state === this.state) return;
    this.state = state;
    onChange(state, this.freeBytes);
  }
}

/** Bytes that an ordinary user may still write. */
async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
