import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { DataDirectory } from './data-directory.js';

/** Removes a throw-away data directory, and its database where that lies elsewhere. */
export function discardDataDirectory(directory: DataDirectory): void {
  if (existsSync(directory.postgresFile)) {
    const { cluster } = JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as { cluster: string };
    rmSync(cluster, { recursive: true, force: true });
  }
  rmSync(directory.path, { recursive: true, force: true });
  rmSync(directory.keystoreFolder, { recursive: true, force: true });
}
