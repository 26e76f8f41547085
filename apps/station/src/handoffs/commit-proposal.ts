import { Injectable } from '@nestjs/common';
import type { YizhanEvent } from '@yizhan/contracts';
import type { EventContext } from '@yizhan/event-log';
import { parseInstant, Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { weightsOf } from '@yizhan/policy';
import { together } from '../changes/together.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes } from '../changes/changes.js';
import { type CutOffPlaces, readCutOffPlaces } from '../connections/cut-off-places.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { heldBack, type ThrottleInForce } from '../lane-throttles/lane-throttle.js';
import { lockThrottles } from '../lane-throttles/throttles-of-handoff.js';
import { endsOf, timerOf } from '../exceptions/visit-ends.js';
import { assign, plannedReturn } from './assigning.js';
import { type EndedAssignment, endAssignment } from './ending-assignment.js';
import type { RequestedHandoff } from './handoff.js';
import { suggest } from './suggesting.js';

type Proposal = YizhanEvent<'assignment.proposed'>['data'];

interface Proposed {
  /** The newest epoch that the area has seen, this proposal's included. */
  readonly epoch: number;
  readonly truckCase: TruckCase | undefined;
  readonly driver: LockedDriver | undefined;
  readonly cutOff: CutOffPlaces;
  /** Of the lane that the truck is on. */
  readonly throttles: readonly ThrottleInForce[];
  /** Of the handoff that the driver is to be taken from. */
  readonly released: TruckCase | undefined;
}

/**
 * The scheduler proposes, the station decides: `handoff.assigned`, or `assignment.refused` with the reason. The driver is
 * locked before he is looked at, so the unique indexes never have to refuse here.
 */
export function commitProposal(proposed: Proposed, proposal: Proposal, now: Now): Decision<string> {
  const { truckCase, driver } = proposed;
  if (!truckCase) return { events: [], answer: 'handoff_unknown' };
  const refuse = (reason: string): Decision<string> => {
    const { handoffId, driverId, decisionId } = proposal;
    const refused = { handoffId, driverId, decisionId, reason };
    return { events: [eventOfVisit(truckCase.visit, 'assignment.refused', now.at, refused)], answer: reason };
  };
  const { handoff, visit } = truckCase;
  if (proposal.epoch < proposed.epoch) return refuse('stale_epoch');
  if (visit.state !== 'arrived' || handoff?.state !== 'requested') return refuse('not_requested');
  if (!driver) return refuse('driver_unknown');
  if (proposed.cutOff.truck || proposed.cutOff.driver) return refuse('station_cut_off');
  const { plannedStartAt, plannedReturnAt, expiresAt } = instantsOf(proposal, now.at);
  if (expiresAt < now.at) return refuse('proposal_expired');
  const { priority } = visit;
  if (heldBack(proposed.throttles, { priority, rules: truckCase.place.rules }, now.at)) return refuse('lane_throttled');
  const plan = {
    assignedBy: 'scheduler' as const,
    decisionId: proposal.decisionId,
    plannedStartAt,
    plannedReturnAt: plannedReturn(truckCase, plannedStartAt, plannedReturnAt),
    overrides: [],
  };
  const isReviewed = truckCase.place.assignmentMode === 'review';
  if (proposal.releasesHandoffId === undefined) {
    const assigned = assign(truckCase, handoff, driver, plan, now);
    if (!('answer' in assigned)) return refuse(assigned.reason);
    return isReviewed ? suggest(truckCase, handoff, proposal, plan, now) : { ...assigned, answer: 'assigned' };
  }
  const released = isReviewed ? undefined : release(proposed.released, proposal, now);
  if (!released) return refuse('assignment_stands');
  const assigned = assign(truckCase, handoff, { ...driver, liveHandoff: undefined }, plan, now);
  if (!('answer' in assigned)) return refuse(assigned.reason);
  return {
    ...assigned,
    elsewhere: released.handoff,
    timers: [...released.timers, ...(assigned.timers ?? [])],
    events: [...released.events, ...assigned.events],
    answer: 'assigned',
  };
}

/**
 * Ends the driver's assignment to a truck with which he is to start later, so that this one has him. Undefined where it stands: a person
 * has chosen him, it is too near, or something has come of it.
 */
function release(
  other: TruckCase | undefined,
  { driverId, handoffId }: Proposal,
  { at }: Now,
): EndedAssignment<RequestedHandoff> | undefined {
  const handoff = other?.handoff;
  if (!other || (handoff?.state !== 'assigned' && handoff?.state !== 'accepted')) return undefined;
  const { freezeSeconds } = weightsOf(other.place.rules);
  const isFrozen = handoff.plannedStartAt - at <= freezeSeconds * 1000;
  if (handoff.driverId !== driverId || handoff.assignedBy !== 'scheduler' || isFrozen) return undefined;
  const ended = endAssignment(other.visit, handoff, 'withdrawn', at, { movedToHandoffId: handoffId });
  // It waits for a driver again.
  const watched = timerOf(other.visit.visitId, endsOf({ ...other, handoff: ended.handoff }), at);
  return { ...ended, timers: [...ended.timers, watched] };
}

function instantsOf({ plannedStartAt, plannedReturnAt, expiresAt }: Proposal, at: number) {
  return {
    plannedStartAt: parseInstant(plannedStartAt) ?? at,
    plannedReturnAt: plannedReturnAt === undefined ? undefined : parseInstant(plannedReturnAt),
    expiresAt: parseInstant(expiresAt) ?? at,
  };
}

@Injectable()
export class CommitProposal {
  constructor(
    private readonly cases: TruckCases,
    private readonly changes: Changes,
  ) {}

  async execute(event: YizhanEvent<'assignment.proposed'>, context: EventContext): Promise<void> {
    const at = Math.max(this.changes.now, parseInstant(event.time) ?? 0);
    await this.changes.because(context.tx, context.cause, at, (change) =>
      this.cases.within(
        change,
        (tx, now) => this.#load(tx, now, event.partitionkey, event.data),
        (proposed, now) => commitProposal(proposed, event.data, now),
      ),
    );
  }

  async #load(
    tx: Transaction,
    now: Now,
    areaCode: string,
    { epoch, handoffId, driverId, releasesHandoffId }: Proposal,
  ): Promise<Proposed> {
    const [, [area], truckCase, released, driver, cutOff, throttles] = await together<
      [
        object[],
        { epoch: number }[],
        TruckCase | undefined,
        TruckCase | undefined,
        LockedDriver | undefined,
        CutOffPlaces,
        ThrottleInForce[],
      ]
    >([
      tx.rows(raiseEpoch, [areaCode, epoch]),
      tx.rows(readEpoch, [areaCode]),
      absentIfUnknown(this.cases.ofHandoff(handoffId)(tx, now)),
      releasesHandoffId === undefined
        ? Promise.resolve(undefined)
        : absentIfUnknown(this.cases.ofHandoff(releasesHandoffId)(tx, now)),
      absentIfUnknown(loadDriverFacts(tx, driverId)),
      readCutOffPlaces(tx, handoffId, driverId),
      lockThrottles(tx, handoffId, this.cases.now),
    ]);
    return { epoch: area?.epoch ?? epoch, truckCase, driver, cutOff, throttles, released };
  }
}

async function absentIfUnknown<T>(loading: Promise<T>): Promise<T | undefined> {
  try {
    return await loading;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not_found') return undefined;
    throw error;
  }
}

const raiseEpoch = 'UPDATE station.areas SET scheduler_epoch = $2 WHERE area_code = $1 AND scheduler_epoch < $2';

/** The shared lock makes a newer epoch, and a throttle of the area, wait until this proposal is committed. */
const readEpoch = 'SELECT scheduler_epoch AS epoch FROM station.areas WHERE area_code = $1 FOR SHARE';
