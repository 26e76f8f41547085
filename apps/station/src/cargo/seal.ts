import type { Override, Seal } from '@yizhan/contracts';
import type { TrackedTruck } from '../custody/truck.js';
import { conflict } from '../cases/problems.js';

/** The reason of a hold and of an abort where the seal is not what was recorded. */
export const sealMismatch = 'seal_mismatch';

/** Where the seal is looked at decides what is done where it is not what was recorded. */
const instead = {
  check: `hold the cargo with reason ${sealMismatch} and check it again`,
  completion: `abort the handoff with reason ${sealMismatch}`,
};

/** Whether both are the same seal, seen in the same state, or none. */
export const isSameSeal = (one: Seal | undefined, other: Seal | undefined): boolean =>
  one?.number === other?.number && one?.intact === other?.intact;

/** Whether the seal is the last recorded one, and whole; the first that is seen is. */
export function isAsRecorded({ sealNumber }: TrackedTruck, { number, intact }: Seal): boolean {
  return intact && (sealNumber === null || sealNumber === number);
}

/** The truck with the seal as it was seen. @throws Problem `conflict` where it is not the last recorded one, or is broken. */
export function withSeal(truck: TrackedTruck, seal: Seal, seenAt: keyof typeof instead): TrackedTruck {
  const { plate, sealNumber } = truck;
  if (sealNumber !== null && sealNumber !== seal.number) {
    const message = `the seal of truck ${plate} is ${seal.number}, recorded is ${sealNumber}: ${instead[seenAt]}`;
    throw conflict('SEAL.DIFFERS', message, { recorded: sealNumber, seen: seal.number });
  }
  if (!seal.intact) {
    const message = `the seal ${seal.number} of truck ${plate} is not intact: ${instead[seenAt]}`;
    throw conflict('SEAL.BROKEN', message, { seen: seal.number });
  }
  return sealNumber === null ? { ...truck, sealNumber: seal.number } : truck;
}

/**
 * The truck as it is handed over: nobody takes a sealed one without a look at its seal. With an override he takes it as it is,
 * and the seal that was seen is the recorded one from then on. @throws Problem `conflict`.
 */
export function handedOverWithSeal(truck: TrackedTruck, seal: Seal | undefined, override?: Override): TrackedTruck {
  if (seal && override) return { ...truck, sealNumber: seal.number };
  if (seal) return withSeal(truck, seal, 'completion');
  if (truck.sealNumber === null) return truck;
  throw conflict(
    'SEAL.MISSING',
    `truck ${truck.plate} is sealed: send its seal as it is seen; where it is gone, ${instead.completion}`,
    { plate: truck.plate },
  );
}
