import type { EventName } from '@yizhan/contracts';

/** What can be done about an event that should not be in the log as it is; the events themselves are never changed. */
export interface Correctable {
  /** Until when it can be retracted as if it had not occurred; absent where it cannot. */
  readonly retractableUntil?: string;
  /** Fields that a corrected event of the same type may put right; absent where none can be. */
  readonly correctable?: readonly string[];
  /** What makes up for it otherwise: it says what is so from now on. */
  readonly otherwise: string;
}

/** Types that are not named are not corrected: something that follows them says what is so. */
export const corrections = {
  'visit.announced': {
    retractableUntil: 'the truck is queued, called, has arrived or is cancelled',
    correctable: ['expectedAt', 'dueAt', 'priority', 'consignments'],
    otherwise: 'cancel the visit and announce another one',
  },
  'visit.queued': {
    retractableUntil: 'the truck is called, queued elsewhere, has arrived, started its handoff or left',
    otherwise: 'call the truck',
  },
  'visit.called': {
    retractableUntil: 'the truck is queued again, has arrived, started its handoff or left',
    otherwise: 'queue the truck again',
  },
  'visit.cancelled': {
    retractableUntil: 'never too late: the visit is announced again',
    otherwise: 'announce the truck again',
  },
  'visit.arrived': {
    retractableUntil:
      'the truck is checked, held, queued inside, called or left, has changed hands, or its arrival has closed a run',
    correctable: ['dueAt', 'priority', 'consignments'],
    otherwise: 'depart the visit as turned_away; after the swap hand the truck back by moving its custody first',
  },
  'visit.checked': {
    retractableUntil:
      'anything follows it at the station, as a first passed check asks for a driver; never where it has recorded the seal',
    otherwise:
      'check the truck again; a handoff that it has asked for is aborted first, a seal is voided by a hold for seal_mismatch',
  },
  'cargo.held': {
    retractableUntil: 'the truck is checked again, its handoff goes on or it leaves',
    otherwise: 'check the truck again, which lifts the hold',
  },
  'cargo.released': {
    retractableUntil: 'the truck leaves, or is checked or held again',
    otherwise: 'hold the cargo',
  },
  'handoff.completed': {
    correctable: ['odometerKm', 'fuelPercent', 'seal', 'items'],
    otherwise: 'hand the truck back by moving its custody, then depart the visit as turned_away',
  },
  'visit.departed': { correctable: ['reasons'], otherwise: 'register the truck’s arrival again' },
  'custody.moved': { correctable: ['items', 'reason'], otherwise: 'move the custody back' },
  'run.reached': { retractableUntil: 'the run is closed', otherwise: 'record what has happened instead' },
  'run.unloaded': { retractableUntil: 'the run is closed', otherwise: 'record what has happened instead' },
  'run.loaded': { retractableUntil: 'the run is closed', otherwise: 'record what has happened instead' },
  'run.left': { retractableUntil: 'the run is closed', otherwise: 'record what has happened instead' },
  'driver.shift_started': {
    retractableUntil:
      'the shift has ended, or the driver is assigned, was assigned to a swap since or answers for a truck',
    otherwise: 'end the shift',
  },
  'driver.rest_recorded': {
    retractableUntil: 'the driver is assigned to a handoff that has not ended',
    otherwise: 'withdraw the assignment that relies on it, then retract it',
  },
  'driver.credential_granted': {
    retractableUntil:
      'it was recalled or granted again, or the driver is assigned to a handoff that has not ended or has made a swap since',
    correctable: ['issuer'],
    otherwise: 'recall the credential',
  },
} as const satisfies { readonly [N in EventName]?: Correctable };

export type CorrectableName = keyof typeof corrections;

/** What can be done about an event of this type; undefined where nothing can. */
export function correctionOf(name: string): Correctable | undefined {
  return Object.hasOwn(corrections, name) ? corrections[name as CorrectableName] : undefined;
}
