import type { Transaction } from '@yizhan/persistence';
import type { Pins } from '../accounts/pins.js';
import type { Signer } from './signer.js';

/** That the PINs which came along are those of the drivers who sign. @throws Problem `forbidden`. */
export async function provePins(tx: Transaction, pins: Pins, signers: readonly Signer[]): Promise<void> {
  for (const { personId, pin } of signers) {
    if (pin !== undefined) await pins.assert(tx, `driver:${personId}`, pin);
  }
}
