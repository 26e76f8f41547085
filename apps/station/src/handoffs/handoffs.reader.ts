import { Injectable } from '@nestjs/common';
import type { Flow } from '@yizhan/contracts';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { notFound } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { stepsFrom } from '../cases/transition-table.js';
import type { Consent } from '../consents/consent.js';
import { Consents } from '../consents/consents.reader.js';
import { nothingCollected } from '../evidence/collected.js';
import { missingRoles } from '../evidence/signatures.js';
import { listRows } from '../network/list-rows.js';
import { joinExpiry } from './accept-by.js';
import { HandoffRow } from './handoff.entity.js';
import { handoffTable } from './handoff.js';
import type { ConsentField, HandoffResponse, HandoffsQuery } from './handoffs.dto.js';

/** Handoffs as they are shown: a driver sees his own, staff those of their stations, the command centre those of its areas. */
@Injectable()
export class Handoffs {
  constructor(
    private readonly database: Database,
    private readonly consents: Consents,
  ) {}

  async list(caller: Caller, query: HandoffsQuery): Promise<Page<HandoffResponse>> {
    assertUuidCursor(query);
    const { stationCode, state, driverId, visitId } = query;
    const asked = { stationCode, state, driverId, visitId };
    const own = await this.#ownOf(caller, stationCode);
    const page = await listRows(this.database, query, {
      of: HandoffRow,
      keys: ['handoffId'],
      where: { ...asked, ...own },
      item: (row) => row,
    });
    return { ...page, items: await this.#shown(page.items) };
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, handoffId: string): Promise<HandoffResponse> {
    const row = await this.database.manager.findOneBy(HandoffRow, { handoffId });
    if (!row || !(await this.#maySee(caller, row))) throw notFound('handoff', handoffId);
    const [handoff] = await this.#shown([row]);
    return handoff;
  }

  async #shown(rows: readonly HandoffRow[]): Promise<HandoffResponse[]> {
    const silent = rows.filter(({ authorisation, collected }) => !authorisation && !collected?.authorisation);
    const [ways, consents] = await Promise.all([
      this.database.rows<Way & { handoffId: string }>(readWays, [rows.map(({ handoffId }) => handoffId)]),
      this.consents.covering(silent.map(({ handoffId }) => handoffId)),
    ]);
    const wayOf = new Map(ways.map(({ handoffId, ...way }) => [handoffId, way]));
    return rows.flatMap((row) => {
      const way = wayOf.get(row.handoffId);
      return way ? [handoffResponse(row, way, consents.get(row.handoffId))] : [];
    });
  }

  async #ownOf(
    caller: Caller,
    stationCode: string | undefined,
  ): Promise<{ driverId?: string; stationCode?: string | readonly string[] }> {
    if (caller.role === 'driver') return { driverId: caller.driverId ?? '' };
    if (caller.role === 'administrator') return {};
    if (caller.role === 'command_centre') {
      const stations = await this.#stationsOf(caller);
      return { stationCode: stations.filter((code) => stationCode === undefined || code === stationCode) };
    }
    if (stationCode !== undefined) caller.requireStation(stationCode);
    return { stationCode: stationCode ?? caller.stations };
  }

  async #maySee(caller: Caller, { driverId, stationCode, visitId }: HandoffRow): Promise<boolean> {
    if (caller.role === 'driver')
      return (driverId !== null && caller.isDriver(driverId)) || (await this.#givesAway(caller, visitId));
    if (caller.role === 'command_centre') return (await this.#stationsOf(caller)).includes(stationCode);
    return caller.mayActAt(stationCode);
  }

  /** The off-going driver has the truck in his custody, at the station. */
  async #givesAway({ driverId }: Caller, visitId: string): Promise<boolean> {
    return (await this.database.rows(truckInHisHands, [visitId, driverId ?? ''])).length > 0;
  }

  async #stationsOf({ isOfCounties, stations, areas }: Caller): Promise<readonly string[]> {
    if (isOfCounties) return stations;
    const rows = await this.database.rows<{ station_code: string }>(stationsOfAreas, [areas]);
    return rows.map((row) => row.station_code);
  }
}

/** Which truck it is, and where it goes on to. */
interface Way {
  readonly plate: string;
  readonly flow: Flow;
  readonly zoneId: string;
  readonly route: string | null;
  readonly acceptBy: number | null;
}

const readWays = `
  SELECT h.handoff_id AS "handoffId", v.plate, v.flow, v.zone_id AS "zoneId", p.route, e.due_at AS "acceptBy"
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  LEFT JOIN station.passes p ON p.pass_id = h.pass_id ${joinExpiry}
  WHERE h.handoff_id = ANY ($1)`;

const truckInHisHands = `
  SELECT 1 FROM station.visits v JOIN station.trucks t ON t.plate = v.plate
  WHERE v.visit_id = $1 AND v.state = 'arrived' AND t.custodian_kind = 'driver' AND t.custodian_id = $2`;

const stationsOfAreas = 'SELECT station_code FROM station.stations WHERE area_code = ANY ($1)';

/** What was collected so far, or signed in the end. */
function evidenceOf({ evidence, collected }: HandoffRow) {
  const { signatures, items, odometerKm, fuelPercent, seal, photos, reservations } =
    evidence ?? collected ?? nothingCollected;
  return {
    signatures: signatures.map(({ role, personId, signedAt, method }) => ({ role, personId, signedAt, method })),
    missingSignatures: missingRoles(signatures),
    evidence: { items, photos, reservations, ...given({ odometerKm, fuelPercent, seal }) },
  };
}

function shownConsent({ consentId, scope, givenBy, givenAt, validUntil }: Consent): ConsentField {
  return { consentId, scope, by: givenBy, ...isoFields({ validUntil }), givenAt: toIso(givenAt) };
}

function handoffResponse(row: HandoffRow, way: Way, consent: Consent | undefined): HandoffResponse {
  const { handoffId, visitId, stationCode, tryNo, state, version } = row;
  const { driverId, assignedBy, decisionId, passId, passBlock, bayCode, abortReason } = row;
  const { readyAt, plannedStartAt, plannedReturnAt, startedAt, custodyAt } = row;
  const { plate, flow, zoneId, route, acceptBy } = way;
  return {
    handoffId,
    visitId,
    plate,
    stationCode,
    flow,
    zoneId,
    tryNo,
    state,
    version,
    allowedSteps: stepsFrom(handoffTable, state).filter(
      (step) => step !== 'expire' && !(step === 'start' && passBlock),
    ),
    ...evidenceOf(row),
    suggestions: row.collected?.suggestions ?? [],
    ...given({ driverId, assignedBy, decisionId, passId, passBlock, route, bayCode, abortReason }),
    ...given({ authorisation: row.authorisation ?? row.collected?.authorisation }),
    ...(consent && { consent: shownConsent(consent) }),
    ...isoFields({ acceptBy, plannedStartAt, plannedReturnAt, startedAt, custodyAt }),
    readyAt: isoFields({ readyAt }).readyAt ?? '',
  };
}
