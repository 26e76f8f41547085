import { Injectable } from '@nestjs/common';
import { eventType, type Flow, type YizhanEvent } from '@yizhan/contracts';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { isoFields } from '../cases/iso-fields.js';
import type { SheetLine } from '../report-sheets/sheet.js';
import type { Period } from './period.js';
import { instantAndId } from './place-of-page.js';
import type { WaitsEntryResponse } from './waits.dto.js';
import { typesOfWaits, type WaitedFor, type WaitsOfVisit, waitsOfVisit } from './waits-of-visit.js';

/** A visit that is over, with what it waited for. Instants are epoch milliseconds. */
interface WaitedVisit extends WaitsOfVisit {
  readonly visitId: string;
  readonly stationCode: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly arrivedAt: number;
  readonly departedAt: number;
}

const page = 500;
const beforeAll = { at: 0, id: '00000000-0000-0000-0000-000000000000' };

/** What the trucks of one carrier waited for, in the order in which they left. */
@Injectable()
export class WaitsOfCarrier {
  constructor(private readonly database: Database) {}

  async page(carrierId: string, period: Period, query: PageQuery): Promise<Page<WaitsEntryResponse>> {
    const rows = await this.#read(carrierId, period, query.limit + 1, instantAndId(query) ?? beforeAll);
    return pageOf(rows, query.limit, ({ departedAt, visitId }) => [String(departedAt), visitId], entryOf);
  }

  async *lines(carrierId: string, period: Period): AsyncGenerator<SheetLine> {
    for (let place: typeof beforeAll | undefined = beforeAll; place;) {
      const visits: WaitedVisit[] = await this.#read(carrierId, period, page, place);
      yield* visits.map(lineOf);
      const last = visits.length < page ? undefined : visits.at(-1);
      place = last && { at: last.departedAt, id: last.visitId };
    }
  }

  async #read(carrierId: string, { from, to }: Period, limit: number, place: typeof beforeAll): Promise<WaitedVisit[]> {
    type Row = Omit<WaitedVisit, keyof WaitsOfVisit>;
    const visits = await this.database.rows<Row>(readVisits, [carrierId, from, to, place.at, place.id, limit]);
    const ids = visits.map(({ visitId }) => visitId);
    const rows = await this.database.rows<{ visit_id: string; document: string }>(readEvents, [
      ids,
      typesOfWaits.map(eventType),
    ]);
    const events = new Map<string, YizhanEvent[]>(ids.map((id) => [id, []]));
    for (const row of rows) events.get(row.visit_id)?.push(JSON.parse(row.document) as YizhanEvent);
    return visits.map((visit) => ({ ...visit, ...waitsOfVisit(events.get(visit.visitId) ?? [], visit.flow) }));
  }
}

const secondsFor = ({ waits }: WaitsOfVisit, party: WaitedFor): number =>
  Math.round(waits.reduce((sum, { by, from, to }) => (by === party ? sum + to - from : sum), 0) / 1000);

function entryOf(visit: WaitedVisit): WaitsEntryResponse {
  const { visitId, stationCode, plate, flow, arrivedAt, departedAt, calledAt, swappedAt, releasedAt, waits } = visit;
  return {
    visitId,
    stationCode,
    plate,
    flow,
    arrivedAt: toIso(arrivedAt),
    departedAt: toIso(departedAt),
    ...isoFields({ calledAt: calledAt ?? null, swappedAt: swappedAt ?? null, releasedAt: releasedAt ?? null }),
    waits: waits.map(({ cause, by, from, to }) => {
      return { cause, by, from: toIso(from), to: toIso(to), seconds: Math.round((to - from) / 1000) };
    }),
    waitedSeconds: {
      station: secondsFor(visit, 'station'),
      carrier: secondsFor(visit, 'carrier'),
      driver_pool: secondsFor(visit, 'driver_pool'),
    },
  };
}

function lineOf(visit: WaitedVisit): SheetLine {
  const { visitId, stationCode, plate, flow, arrivedAt, departedAt } = visit;
  const { calledAt = null, swappedAt = null, releasedAt = null, waits } = visit;
  const minutes = (party: WaitedFor): number => Math.round(secondsFor(visit, party) / 6) / 10;
  const causes = [...new Set(waits.map(({ cause }) => cause))].join(' ');
  return {
    stationCode,
    plate,
    flow,
    arrivedAt,
    calledAt,
    swappedAt,
    releasedAt,
    departedAt,
    byStation: minutes('station'),
    byCarrier: minutes('carrier'),
    byDriverPool: minutes('driver_pool'),
    causes: causes === '' ? null : causes,
    visitId,
  };
}

const instant = (place: string) => `to_timestamp(${place}::double precision / 1000)`;

const readVisits = `
  SELECT visit_id AS "visitId", station_code AS "stationCode", plate, flow, arrived_at AS "arrivedAt", departed_at AS "departedAt"
  FROM station.visits
  WHERE carrier_id = $1 AND state = 'departed' AND arrived_at IS NOT NULL
    AND departed_at >= ${instant('$2')} AND departed_at < ${instant('$3')} AND (departed_at, visit_id) > (${instant('$4')}, $5::uuid)
  ORDER BY departed_at, visit_id LIMIT $6`;

const readEvents = `
  SELECT correlation_id AS visit_id, document FROM event_log.entries
  WHERE correlation_id = ANY ($1) AND type = ANY ($2) ORDER BY position`;
