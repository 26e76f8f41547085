import type { PlainEvent } from './plain-event.js';
import type { Violation } from './verify-report.js';
import type { World } from './world.js';

/** Looks at an event before it is folded into the state; a sentence where it breaks the rule. */
export type Check = (event: PlainEvent, world: World) => string | undefined;

/** One rule of the contract, or a part of one: parts with the same number are reported together. */
export interface Rule {
  readonly number: number;
  /** Checks by short type name. */
  readonly on?: Readonly<Record<string, Check>>;
  /** A check for every event, known or not. */
  readonly onEvery?: Check;
  /** Takes note of an event without judging it. */
  readonly observe?: (event: PlainEvent, world: World) => void;
  /** What can only be said when the log has ended. */
  readonly atEnd?: (world: World, last: PlainEvent) => Violation[];
}

/** The contract's rules in its order, each in a sentence. */
export const ruleTitles: readonly string[] = [
  'Every line is an event of the contract’s form',
  'Ids are unique; sequence, position, previous and prevhash have no gap and no change',
  'A truck has at most one open visit',
  'A truck has exactly one custodian, and a driver is custodian of at most one truck',
  'A driver has at most one live assignment, and a handoff at most one',
  'A handoff starts and completes in order, checked, authorised and signed',
  'Cargo is released after the handoff; a visit departs once, with the custodian',
  'Nobody is assigned who is not allowed',
  'A bay holds one handoff at a time; none starts at a suspended or closed station, or in a closed bay',
  'Every requested handoff goes on or says why it waits',
  'Nothing but the events is needed: the log is self-contained and its figures agree',
];
