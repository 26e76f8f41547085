import { Injectable } from '@nestjs/common';
import type { Contact, Party, YizhanEvent } from '@yizhan/contracts';
import { type EventContext, newEvent } from '@yizhan/event-log';
import { parseInstant, Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { credentialsNeeded, type PolicyRules } from '@yizhan/policy';
import { given } from '../cases/given.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes } from '../changes/changes.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import {
  type ExceptionSteps,
  type ExceptionSubject,
  noExceptions,
  type OpenException,
  raise,
} from '../exceptions/raising.js';
import { endAssignment } from '../handoffs/ending-assignment.js';
import type { AcceptedHandoff, AssignedHandoff } from '../handoffs/handoff.js';
import { contactsOf, type Meetings, type Touch, touchesOf } from './contacts.js';
import { loadRecall, type RecallTies } from './load-recall.js';
import { meetingsSince } from './meetings.repository.js';
import { recallPeriod } from './recall-period.js';

type Recall = YizhanEvent<'driver.credential_recalled'>;

/** What is known of a recalled driver; what he is assigned to is locked, and then he. */
export interface TracedDriver {
  /** The case of the handoff that he is assigned to and has not started. */
  readonly truckCase: TruckCase | undefined;
  readonly driver: LockedDriver;
  readonly ties: RecallTies;
  readonly meetings: Meetings;
  readonly since: number;
  /** Of the station where he is on shift. */
  readonly rules: PolicyRules | undefined;
}

/**
 * What follows from a recall: what he has not begun is taken back, whom he met is listed, and the stations where he is, is
 * expected or brings a truck back to are told. His run goes on to its end at the place that was named, or where it comes
 * back to.
 */
export function traceRecall(traced: TracedDriver, recall: Recall, now: Now): Decision<boolean> {
  const { driver, meetings, since } = traced;
  const { driverId, credential, endsAt } = recall.data;
  const withdrawn = withdrawal(traced, credential, now.at);
  const openRun = runToItsEnd(traced, endsAt);
  const told = tellStations(traced, openRun?.endsAt, now);
  const touches = touchesOf(meetings);
  const contacts: Contact[] = contactsOf(driverId, meetings);
  const event = newEvent({
    name: 'driver.recall_traced',
    subject: `driver/${driverId}`,
    areaCode: driver.areaCode,
    time: now.at,
    data: {
      driverId,
      credential,
      since: toIso(since),
      recallEventId: recall.id,
      plates: distinct(touches, ({ plate }) => plate),
      visitIds: distinct(touches, ({ visitId }) => visitId),
      handoffIds: distinct(touches, ({ handoffId }) => handoffId),
      runIds: distinct(touches, ({ runId }) => runId),
      contacts,
      toldStationCodes: told.stationCodes,
      ...given({ withdrawnHandoffId: withdrawn?.handoff.handoffId, openRun }),
    },
  });
  return {
    ...(withdrawn && { handoff: withdrawn.handoff, timers: withdrawn.timers }),
    exceptions: told.exceptions,
    events: [...(withdrawn?.events ?? []), event, ...told.events],
    answer: true,
  };
}

/** Taken back where the truck asks for what he no longer holds. Whoever has assigned him since has overridden that. */
function withdrawal({ truckCase, driver, ties }: TracedDriver, credential: string, at: number) {
  const handoff = truckCase?.handoff;
  if (!truckCase || (handoff?.state !== 'assigned' && handoff?.state !== 'accepted')) return undefined;
  if (ties.assignedThen !== `${handoff.handoffId}/${handoff.assignmentNo}`) return undefined;
  const isNeeded = credentialsNeeded(truckCase.place.rules, truckCase.truck).includes(credential);
  const isHeldAnew = driver.facts.credentials.some((held) => held.credential === credential);
  if (!isNeeded || isHeldAnew) return undefined;
  return endAssignment(truckCase.visit, handoff satisfies AssignedHandoff | AcceptedHandoff, 'withdrawn', at);
}

function runToItsEnd({ ties }: TracedDriver, endsAt: Party | undefined) {
  const { openRun } = ties;
  if (!openRun) return undefined;
  const { runId, plate, stationCode } = openRun;
  const back = stationCode === null ? undefined : ({ kind: 'station', id: stationCode } as const);
  const end = endsAt ? { kind: endsAt.kind, id: endsAt.id } : back;
  return { runId, plate, ...given({ endsAt: end }) };
}

interface Told extends ExceptionSteps {
  readonly stationCodes: readonly string[];
}

/** One exception at each station that will see him, or at the area where none will. */
function tellStations({ driver, ties, truckCase, rules }: TracedDriver, end: Party | undefined, now: Now): Told {
  const { driverId, shift } = driver.facts;
  const expectedAt = truckCase?.visit;
  const stationCodes = [
    ...new Set(
      [
        driver.stationCode,
        end?.kind === 'station' ? end.id : undefined,
        expectedAt?.stationCode ?? ties.startedAtStation ?? undefined,
        shift?.stationCode,
      ].filter((code) => code !== undefined),
    ),
  ];
  const isOpen = (stationCode: string | null) => (other: OpenException) =>
    other.code === 'driver_recalled' && other.stationCode === stationCode;
  const steps = (stationCodes.length === 0 ? [null] : stationCodes).map((stationCode) => {
    if (ties.exceptions.some(isOpen(stationCode))) return noExceptions;
    const about: ExceptionSubject = {
      subject: `driver/${driverId}`,
      areaCode: driver.areaCode,
      stationCode,
      visitId: expectedAt?.stationCode === stationCode ? (expectedAt?.visitId ?? null) : null,
      runId: end?.kind === 'station' && end.id === stationCode ? (ties.openRun?.runId ?? null) : null,
      driverId,
      carrierId: null,
    };
    return raise(about, [], 'driver_recalled', now, rules);
  });
  return {
    stationCodes,
    exceptions: steps.flatMap(({ exceptions }) => exceptions),
    events: steps.flatMap(({ events }) => events),
  };
}

function distinct(touches: readonly Touch[], what: (touch: Touch) => string | undefined): string[] {
  return [...new Set(touches.map(what).filter((value) => value !== undefined))];
}

@Injectable()
export class TraceRecall {
  constructor(
    private readonly cases: TruckCases,
    private readonly changes: Changes,
  ) {}

  /** Handles the event that a credential was recalled. */
  async execute(event: Recall, { tx, cause }: EventContext): Promise<void> {
    if ((await tx.rows(findDriver, [event.data.driverId])).length === 0) return;
    const at = Math.max(this.changes.now, parseInstant(event.time) ?? 0);
    await this.changes.because(tx, cause, at, async (change) => {
      const outcome = await this.cases.within(
        change,
        (_tx, now) => this.#load(tx, now, event),
        (traced, now) => traceRecall(traced, event, now),
      );
      tx.last(recordTraced, [event.data.driverId, event.data.credential]);
      return outcome;
    });
  }

  async #load(tx: Transaction, now: Now, { data }: Recall): Promise<TracedDriver> {
    const { driverId, credential } = data;
    const [planned] = await tx.rows<{ handoffId: string }>(findPlanned, [driverId]);
    const truckCase = planned && (await this.cases.ofHandoff(planned.handoffId)(tx, now));
    const driver = await loadDriverFacts(tx, driverId);
    const { liveHandoff } = driver;
    if (liveHandoff && liveHandoff.state !== 'started' && liveHandoff.handoffId !== planned?.handoffId) {
      const message = `driver ${driverId} was just assigned to a handoff: look again`;
      throw new Problem('conflict', 'STATE.CHANGED_MEANWHILE', message, { retryAfterSeconds: 1 });
    }
    const ties = await loadRecall(tx, driverId, credential);
    const said = data.since === undefined ? undefined : parseInstant(data.since);
    const since = said ?? recallPeriod(undefined, ties.validFrom ?? undefined, parseInstant(data.recalledAt) ?? now.at);
    const { shift } = driver.facts;
    const [meetings, rules] = [
      await meetingsSince(tx, driverId, since),
      shift && (await this.cases.policies.ofStation(tx, shift.stationCode)),
    ];
    return { truckCase, driver, ties, meetings, since, rules };
  }
}

const findDriver = 'SELECT 1 FROM station.drivers WHERE driver_id = $1';

const findPlanned = `
  SELECT handoff_id AS "handoffId" FROM station.handoffs WHERE driver_id = $1 AND state IN ('assigned', 'accepted')`;

const recordTraced = `
  UPDATE station.credentials SET traced_at = recalled_at
  WHERE driver_id = $1 AND credential = $2 AND recalled_at IS NOT NULL AND traced_at IS NULL`;
