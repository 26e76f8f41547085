import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { DataDirectory } from './data-directory.js';

/** Removes a throw-away data directory with its keystore. */
export function discardDataDirectory(directory: DataDirectory): void {
  removeDataDirectory(directory);
  rmSync(directory.keystoreFolder, { recursive: true, force: true });
}

/** Removes a data directory, and its database where that lies elsewhere. The keystore stays. */
export function removeDataDirectory(directory: DataDirectory): void {
  if (existsSync(directory.postgresFile)) {
    const { cluster } = JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as { cluster: string };
    rmSync(cluster, { recursive: true, force: true });
  }
  rmSync(directory.path, { recursive: true, force: true });
}
