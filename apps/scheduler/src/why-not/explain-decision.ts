import { Injectable } from '@nestjs/common';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { DecisionInputs } from '../matching/decision.js';

/** The newest decision on a handoff, and what it rested on. Instants are RFC 3339. */
export interface ExplainedDecision {
  readonly handoffId: string;
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly decisionId: string;
  readonly kind: 'proposed' | 'withheld';
  /** Who was proposed. */
  readonly driverId?: string;
  readonly decidedAt: string;
  /** Position of the last event that the scheduler had seen of the area. */
  readonly basedOnPosition: string;
  readonly epoch: number;
  readonly policy?: { readonly id: string; readonly version: string };
  readonly urgency: DecisionInputs['urgency'];
  readonly eligible: number;
  readonly considered: DecisionInputs['considered'];
  /** By rule, in order: whom it keeps away, and from when time alone may help. */
  readonly reasons: readonly {
    readonly rule: string;
    readonly drivers: number;
    readonly driverIds: readonly string[];
    readonly until?: string;
  }[];
}

interface DecisionRow {
  readonly decision_id: string;
  readonly visit_id: string;
  readonly area_code: string;
  readonly station_code: string;
  readonly kind: 'proposed' | 'withheld';
  readonly driver_id: string | null;
  readonly decided_at: number;
  readonly based_on_position: number;
  readonly epoch: number;
  readonly inputs: DecisionInputs;
  readonly policy_id: string | null;
  readonly policy_version: string | null;
}

/** Says why a handoff has the driver that was proposed, or why it has none. */
@Injectable()
export class ExplainDecision {
  constructor(private readonly database: Database) {}

  /** @throws Problem `not_found` where nothing has been decided on such a handoff. */
  async execute(handoffId: string): Promise<ExplainedDecision> {
    const [row] = await this.database.rows<DecisionRow>(newestDecision, [handoffId]);
    if (!row) {
      throw new Problem('not_found', 'DECISION.NOT_FOUND', `nothing has been decided on handoff ${handoffId}`, {
        handoffId,
      });
    }
    return explained(handoffId, row);
  }
}

/** What decisions of older versions did not count. */
const partsBefore = { travelMinutes: 0, shiftLeftMinutes: 0 };

function explained(handoffId: string, row: DecisionRow): ExplainedDecision {
  const { urgency, eligible, considered, blocks } = row.inputs;
  return {
    handoffId,
    visitId: row.visit_id,
    areaCode: row.area_code,
    stationCode: row.station_code,
    decisionId: row.decision_id,
    kind: row.kind,
    ...(row.driver_id === null ? {} : { driverId: row.driver_id }),
    decidedAt: toIso(row.decided_at),
    basedOnPosition: String(row.based_on_position),
    epoch: row.epoch,
    ...(row.policy_id === null || row.policy_version === null
      ? {}
      : { policy: { id: row.policy_id, version: row.policy_version } }),
    urgency,
    eligible,
    considered: considered.map(({ parts, ...driver }) => ({ ...driver, parts: { ...partsBefore, ...parts } })),
    reasons: blocks.map(({ until, ...block }) => (until === undefined ? block : { ...block, until: toIso(until) })),
  };
}

const newestDecision = `
  SELECT decision_id, visit_id, area_code, station_code, kind, driver_id, decided_at, based_on_position, epoch, inputs, policy_id, policy_version
  FROM scheduler.decisions WHERE handoff_id = $1 ORDER BY based_on_position DESC, decided_at DESC LIMIT 1`;
