import { createHash } from 'node:crypto';
import type { StationRequest } from '../changes/changes.js';

/** An id of our own that says nothing about whom it is for; the same request makes the same one, however often it is sent. */
export function madeId(kind: 'driver' | 'carrier', { caller, key }: StationRequest): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, caller, key]))
    .digest('hex');
  return `${kind === 'driver' ? 'O' : 'C'}-${digest.slice(0, 16)}`;
}
