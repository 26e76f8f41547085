import { Injectable } from '@nestjs/common';
import { unreachable } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { leaveStation, startDriving, stopDriving, stopLockedDriving } from '../drivers/driver-facts.repository.js';
import { writeExceptionChange } from '../exceptions/exception-rows.js';
import { caseIn, withWhatFollows } from '../exceptions/what-follows.js';
import { writeTimer } from '../timers/write-timer.js';
import { caseOfHandoff, caseOfPlate, caseOfVisit } from './load-case.js';
import { assertHandsWereEmpty, assertInOrder, type Taking } from './facts-in-order.js';
import { Policies } from './policies.js';
import { together } from '../changes/together.js';
import { handoffRows, rowOfTruck, runRows, truckRows, visitRows } from './rows.js';
import type { Decision, DrivingChange, Now, TruckCase } from './truck-case.js';
import { withNextSteps } from './with-next-steps.js';

/** Reads, and locks, what a decision asks; what it sends without waiting travels in one round trip. */
export type Load<Loaded> = (tx: Transaction, now: Now) => Promise<Loaded>;

/** The only way to change a truck's case: lock, decide, guarded writes, events and answer in one transaction. */
@Injectable()
export class TruckCases {
  constructor(
    private readonly changes: Changes,
    readonly policies: Policies,
  ) {}

  /** The present, epoch milliseconds; a change takes its own instant under its locks. */
  get now(): number {
    return this.changes.now;
  }

  /** Carries out a request once. */
  change<Loaded, Answer>(
    request: StationRequest,
    load: Load<Loaded>,
    decide: (loaded: Loaded, now: Now) => Decision<Answer>,
  ): Promise<Answer> {
    return this.changes.once(request, (change) => this.within(change, load, decide));
  }

  /** Part of a change that is under way: what an event or a timer causes. */
  async within<Loaded, Answer>(
    change: Change,
    load: Load<Loaded>,
    decide: (loaded: Loaded, now: Now) => Decision<Answer>,
  ): Promise<Outcome<Answer>> {
    const { tx } = change;
    const loaded = await load(tx, change);
    // Only now: under the locks.
    const { at } = change;
    const decision = withWhatFollows(
      loaded,
      withNextSteps(loaded, () => decide(loaded, change)),
      at,
    );
    if (change.late) {
      await assertInOrder(tx, plateOf(loaded, decision) ?? change.late.plate, at);
      const taking = takingOf(decision, at);
      if (taking) await assertHandsWereEmpty(tx, taking);
    }
    write(tx, decision, at);
    const stops = (decision.driving ?? [])
      .filter(needsReading)
      .map((stop) => stopDriving(tx, stop.driverId, at, stop.stationCode));
    await together(stops);
    return { events: decision.events, answer: decision.answer };
  }

  ofVisit(visitId: string): Load<TruckCase> {
    return (tx) => caseOfVisit(tx, this.policies, visitId);
  }

  ofHandoff(handoffId: string): Load<TruckCase> {
    return (tx) => caseOfHandoff(tx, this.policies, handoffId);
  }

  /** Undefined where the truck is at no station. */
  ofPlate(plate: string): Load<TruckCase | undefined> {
    return (tx) => caseOfPlate(tx, this.policies, plate);
  }
}

/** Loads both in one round trip; the locks of the first are taken first. */
export function both<One, Other>(one: Load<One>, other: Load<Other>): Load<readonly [One, Other]> {
  return (tx, now) => together<[One, Other]>([one(tx, now), other(tx, now)]);
}

/** The truck that a decision is about. */
function plateOf(loaded: unknown, { truck, visit }: Decision): string | undefined {
  return truck?.plate ?? visit?.plate ?? caseIn(loaded)?.visit.plate;
}

/** Who gets the truck by a decision: from the start on he has his hands in it. */
function takingOf({ handoff, truck }: Decision, at: number): Taking | undefined {
  const isBegun = handoff?.state === 'started' || handoff?.state === 'completed';
  if (isBegun && handoff.startedAt === at) return { driverId: handoff.driverId, at };
  if (truck?.custodian?.kind !== 'driver' || truck.custodyAt === null || truck.custodyAt < at) return undefined;
  return { driverId: truck.custodian.id, at: truck.custodyAt };
}

/** One statement each, all of them with the commit. The truck first: visits and runs refer to it. */
function write(tx: Transaction, decision: Decision, at: number): void {
  const { truck, visit, run, handoff, elsewhere, driving = [], timers = [], exceptions = [] } = decision;
  if (truck) truckRows.write(tx, rowOfTruck(truck));
  if (visit) visitRows.write(tx, visit);
  if (run) runRows.write(tx, run);
  if (elsewhere) handoffRows.write(tx, elsewhere);
  if (handoff) handoffRows.write(tx, handoff);
  for (const change of driving) if (!needsReading(change)) writeDriving(tx, change, at);
  for (const timer of timers) writeTimer(tx, timer);
  for (const change of exceptions) writeExceptionChange(tx, change);
}

/** A stop whose driving was not read with the case takes a round trip of its own. */
function needsReading(change: DrivingChange): change is Extract<DrivingChange, { does: 'stop' }> {
  return change.does === 'stop' && !change.locked;
}

function writeDriving(tx: Transaction, change: DrivingChange, at: number): void {
  switch (change.does) {
    case 'drive_off':
      return startDriving(tx, change.driverId, change.since ?? at);
    case 'leave':
      return leaveStation(tx, change.driverId);
    case 'stop':
      if (change.locked) stopLockedDriving(tx, change.locked, at, change.stationCode);
      return;
    default:
      unreachable(change);
  }
}
