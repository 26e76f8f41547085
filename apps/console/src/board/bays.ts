import type { BoardVisit } from './use-board.js';

/** Which truck is in each bay, and which is called to it. */
export interface TrucksOfBays {
  readonly started: ReadonlyMap<string, BoardVisit>;
  readonly called: ReadonlyMap<string, BoardVisit>;
}

export function byBay(visits: readonly BoardVisit[]): TrucksOfBays {
  const started = new Map<string, BoardVisit>();
  const called = new Map<string, BoardVisit>();
  for (const visit of visits) {
    const { bayCode, calledBayCode, handoffState, state } = visit;
    if (handoffState === 'started' && bayCode !== undefined) started.set(bayCode, visit);
    const isCalled = handoffState !== 'completed' && state !== 'departed';
    if (isCalled && calledBayCode !== undefined && !called.has(calledBayCode)) called.set(calledBayCode, visit);
  }
  return { started, called };
}

/** A bay as it is offered to a truck. */
export interface OfferedBay {
  readonly bay: string;
  /** The other truck for which the service keeps it: it is refused to this one. */
  readonly takenBy?: BoardVisit;
  readonly how?: 'in_bay' | 'called';
}

/** Every bay of a station as it stands for one truck: a bay in use, and one that another truck was called to, are not for it. */
export function baysFor(
  visitId: string,
  bays: readonly string[],
  visits: readonly BoardVisit[],
): readonly OfferedBay[] {
  const { started, called } = byBay(visits.filter((visit) => visit.visitId !== visitId));
  return bays.map((bay) => {
    const inBay = started.get(bay);
    const takenBy = inBay ?? called.get(bay);
    return takenBy ? { bay, takenBy, how: inBay ? ('in_bay' as const) : ('called' as const) } : { bay };
  });
}
