import { type Cause, newEvent, type NewEvent, type Outbox } from '@yizhan/event-log';
import { type Ids, toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { Decision } from '../matching/decision.js';
import { decisionKey } from '../picture/watched-areas.js';

/** A decision that is written down, with its id. */
export interface BookedDecision {
  readonly decisionId: string;
  readonly decision: Decision;
}

/** When and on what one match of an area was made. */
export interface MatchMade {
  readonly areaCode: string;
  readonly basedOnPosition: number;
  readonly basedOnEventId: string;
  readonly at: number;
  readonly epoch: number;
}

/** What the event of a decision is known by when it comes back from the log. */
export function keyOfDecision({ basedOnEventId, at }: MatchMade, handoffId: string): string {
  return decisionKey({ subject: subjectOf(handoffId), causationid: basedOnEventId, time: toIso(at) });
}

/** Writes decisions down and tells them, in one transaction a match. */
export class DecisionBook {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  async book(match: MatchMade, decisions: readonly Decision[]): Promise<BookedDecision[]> {
    const { areaCode, basedOnPosition, at } = match;
    // Two looks at one position differ in their instant: nothing but time has passed between them.
    const cause: Cause = { id: `match:${areaCode}:${basedOnPosition}@${at}`, causationId: match.basedOnEventId };
    const booked = decisions.map((decision) => ({
      decisionId: this.ids.uuid(`${cause.id}/decision:${decision.handoff.handoffId}`, at),
      decision,
    }));
    const rows = JSON.stringify(booked.map((each) => rowOf(match, each)));
    await this.database.transaction(async (tx) => {
      tx.last(insertDecisions, [rows]);
      this.outbox.append(
        tx,
        cause,
        booked.map((each) => eventOf(match, each)),
      );
    });
    return booked;
  }
}

const subjectOf = (handoffId: string): string => `assignment/${handoffId}`;

function rowOf(match: MatchMade, { decisionId, decision }: BookedDecision): object {
  const { handoff, policy, inputs, kind } = decision;
  return {
    decision_id: decisionId,
    handoff_id: handoff.handoffId,
    visit_id: handoff.visit.visitId,
    area_code: match.areaCode,
    station_code: handoff.visit.stationCode,
    kind,
    driver_id: kind === 'proposed' ? decision.driverId : null,
    decided_at: toIso(match.at),
    based_on_position: match.basedOnPosition,
    epoch: match.epoch,
    inputs,
    policy_id: policy?.id ?? null,
    policy_version: policy?.version ?? null,
  };
}

function eventOf(match: MatchMade, { decisionId, decision }: BookedDecision): NewEvent {
  const { handoffId, visit } = decision.handoff;
  const about = {
    subject: subjectOf(handoffId),
    areaCode: match.areaCode,
    time: match.at,
    correlationId: visit.visitId,
    carrierId: visit.carrierId,
  };
  if (decision.kind === 'withheld') {
    const data = { handoffId, visitId: visit.visitId, blockers: decision.blockers };
    return newEvent({ name: 'assignment.withheld', ...about, data });
  }
  const { driverId, plannedReturnAt, alternatives, releasesHandoffId } = decision;
  const data = {
    handoffId,
    visitId: visit.visitId,
    driverId,
    plannedStartAt: toIso(decision.plannedStartAt),
    ...(plannedReturnAt === undefined ? {} : { plannedReturnAt: toIso(plannedReturnAt) }),
    decisionId,
    epoch: match.epoch,
    basedOnPosition: String(match.basedOnPosition),
    expiresAt: toIso(decision.expiresAt),
    alternatives,
    ...(releasesHandoffId === undefined ? {} : { releasesHandoffId }),
  };
  return newEvent({ name: 'assignment.proposed', ...about, data });
}

const insertDecisions = `
  INSERT INTO scheduler.decisions (decision_id, handoff_id, visit_id, area_code, station_code, kind, driver_id, decided_at,
    based_on_position, epoch, inputs, policy_id, policy_version)
  SELECT decision_id, handoff_id, visit_id, area_code, station_code, kind, driver_id, decided_at,
    based_on_position, epoch, inputs, policy_id, policy_version
  FROM json_to_recordset($1) AS d(decision_id uuid, handoff_id uuid, visit_id uuid, area_code text, station_code text, kind text,
    driver_id text, decided_at timestamptz, based_on_position bigint, epoch bigint, inputs jsonb, policy_id text, policy_version text)`;
