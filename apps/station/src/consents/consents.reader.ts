import { Injectable } from '@nestjs/common';
import { type Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { Changes } from '../changes/changes.js';
import { listRows } from '../network/list-rows.js';
import { type Consent, consentFor, lapseOf } from './consent.js';
import { ConsentRow } from './consent.entity.js';
import type { ConsentResponse, ConsentsQuery } from './consents.dto.js';
import { consentJson, isAboutVisit } from './covering.js';

/** Consents as they are shown: to a carrier its own. */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  list(caller: Caller, query: ConsentsQuery): Promise<Page<ConsentResponse>> {
    assertUuidCursor(query);
    const { scope, plate } = query;
    const carrierId = caller.role === 'carrier' ? (caller.carrierId ?? '') : query.carrierId;
    const { now } = this.changes;
    return listRows(this.database, query, {
      of: ConsentRow,
      keys: ['consentId'],
      where: { carrierId, scope, plate },
      item: (row) => consentResponse(row, now),
    });
  }

  /** By handoff that has not started, the consent with which it would start now. */
  async covering(handoffIds: readonly string[]): Promise<Map<string, Consent>> {
    if (handoffIds.length === 0) return new Map();
    const { now } = this.changes;
    const rows = await this.database.rows<{ handoffId: string; consents: Consent[] }>(readCovering, [handoffIds, now]);
    return new Map(
      rows.flatMap(({ handoffId, consents }) => {
        const used = consentFor(consents, now);
        return used ? [[handoffId, used] as const] : [];
      }),
    );
  }
}

function consentResponse(row: ConsentRow, now: number): ConsentResponse {
  const { consentId, carrierId, areaCode, scope, stationCode, flow, plate } = row;
  const { givenBy, givenAt, validUntil, revokedBy, revokedAt } = row;
  return {
    consentId,
    carrierId,
    areaCode,
    scope,
    byId: givenBy,
    givenAt: toIso(givenAt),
    inForce: lapseOf(row, now) === undefined,
    ...given({ stationCode, flow, plate, revokedById: revokedBy }),
    ...isoFields({ validUntil, revokedAt }),
  };
}

const readCovering = `
  SELECT h.handoff_id AS "handoffId", json_agg(${consentJson}) AS consents
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id JOIN station.trucks t ON t.plate = v.plate
  JOIN station.consents c ON ${isAboutVisit('$2')}
  WHERE h.handoff_id = ANY ($1::uuid[]) AND h.state IN ('requested', 'assigned', 'accepted') GROUP BY h.handoff_id`;
