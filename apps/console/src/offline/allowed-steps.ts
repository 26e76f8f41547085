import type { VisitResponse } from '@yizhan/client';
import tables from './step-tables.json' with { type: 'json' };

type Step = VisitResponse['allowedSteps'][number];

/** What the steps of a truck depend on. */
export type Stands = Pick<
  VisitResponse,
  | 'state'
  | 'held'
  | 'checked'
  | 'queue'
  | 'calledAt'
  | 'arrivedAt'
  | 'expectedAt'
  | 'releasedAt'
  | 'handoffState'
  | 'passBlock'
> & { readonly holds: readonly unknown[] };

const isInBay = ({ handoffState }: Stands): boolean => handoffState === 'started' || handoffState === 'completed';
const isPassed = ({ checked, held }: Stands): boolean => checked === true && !held;

const isInQueue = ({ state, queue, calledAt }: Stands): boolean =>
  queue === (state === 'arrived' ? 'inside' : 'outside') && calledAt === undefined;

const isCalled = ({ calledAt, arrivedAt }: Stands): boolean =>
  calledAt !== undefined && (arrivedAt === undefined || Date.parse(calledAt) > Date.parse(arrivedAt));

const hasJustArrived = (stands: Stands): boolean => {
  const { handoffState, checked, held, queue } = stands;
  return handoffState === undefined && checked === undefined && !held && queue !== 'inside' && !isCalled(stands);
};

/** Conditions beside the service's tables, as the service has them: a test compares what comes of both. */
const conditions: Readonly<Partial<Record<Step, (stands: Stands) => boolean>>> = {
  lift_hold: ({ holds }) => holds.length > 0,
  release_cargo: (stands) => stands.handoffState === 'completed' && isPassed(stands) && stands.releasedAt === undefined,
  depart: (stands) => !isInBay(stands) || stands.releasedAt !== undefined,
  queue: (stands) => !isInQueue(stands) && !isInBay(stands),
  call: (stands) => !isInBay(stands),
  end_call: (stands) => isCalled(stands) && !isInBay(stands),
  retract_arrival: (stands) => hasJustArrived(stands) && stands.expectedAt === undefined,
  retract_announced_arrival: (stands) => hasJustArrived(stands) && stands.expectedAt !== undefined,
  start: (stands) => isPassed(stands) && stands.passBlock === undefined,
  expire: () => false,
};

const stepsFrom = (table: Readonly<Record<string, object>>, state: string | undefined): Step[] =>
  Object.keys(table[state ?? ''] ?? {}) as Step[];

/** What may be done next with a truck as it stands by what was logged on this device, before the service has said so. */
export function allowedSteps(stands: Stands): Step[] {
  const ofVisit = stepsFrom(tables.visit, stands.state);
  const ofHandoff = stands.state === 'arrived' ? stepsFrom(tables.handoff, stands.handoffState) : [];
  return [...ofVisit, ...ofHandoff].filter((step) => conditions[step]?.(stands) ?? true);
}
