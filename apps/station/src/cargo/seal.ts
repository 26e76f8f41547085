import type { Seal } from '@yizhan/contracts';
import type { TrackedTruck } from '../custody/truck.js';
import { conflict } from '../cases/problems.js';

/**
 * The truck with the seal as it was seen. @throws Problem `conflict` where the number is not the last recorded one or the seal
 * is broken: then the handoff is aborted with reason `seal_mismatch`.
 */
export function withSeal(truck: TrackedTruck, seal: Seal | undefined): TrackedTruck {
  if (!seal) return truck;
  const { plate, sealNumber } = truck;
  if (sealNumber !== null && sealNumber !== seal.number) {
    throw conflict('SEAL.DIFFERS', `the seal of truck ${plate} is ${seal.number}, recorded is ${sealNumber}`, {
      recorded: sealNumber,
      seen: seal.number,
    });
  }
  if (!seal.intact) {
    throw conflict('SEAL.BROKEN', `the seal ${seal.number} of truck ${plate} is not intact`, { seen: seal.number });
  }
  return sealNumber === null ? { ...truck, sealNumber: seal.number } : truck;
}

/** The reason of a hold and of an abort where the seal is not what was recorded. */
export const sealMismatch = 'seal_mismatch';
