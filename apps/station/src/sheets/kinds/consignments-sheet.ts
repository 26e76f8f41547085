import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../../cases/given.js';
import { flows } from '../../cases/truck.dto.js';
import type { Change } from '../../changes/changes.js';
import { AnnounceVisit, type AnnounceVisitInput } from '../../visits/announce-visit.js';
import { isRefusedCategory } from '../../visits/acceptable-visit.js';
import { code, type Fault, instant, number, oneOf, optional, required } from '../columns.js';
import { type KnownNetwork, knownNetwork } from './known-network.js';
import type { Numbered, RowOf } from '../read-rows.js';
import { type SheetKind, type SheetScope, twice, unknown } from './sheet-kind.js';
import { truckFields } from './trucks-sheet.js';

const directions = { 进区: 'into_zone', 出区: 'out_of_zone' } as const;

export const consignmentColumns = {
  announcement: required(code, { title: '预约号', example: 'A001' }),
  stationCode: required(code, { title: '中转站', example: 'jindong' }),
  zoneId: required(code, { title: '区域', example: 'yiwu' }),
  flow: required(oneOf(flows, directions), { title: '方向', example: 'into_zone' }),
  ...truckFields,
  expectedAt: required(instant, { title: '预计到达', example: '2026-03-02T08:00:00+08:00' }),
  priority: optional(number({ min: 0, max: 9, whole: true }), { title: '优先级', example: '0' }),
  dueAt: optional(instant, { title: '最迟需要', example: '2026-03-02T18:00:00+08:00' }),
  consignmentId: required(code, { title: '货票号', example: 'C0001' }),
  enterpriseId: required(code, { title: '区内企业', example: 'enterprise-01' }),
  category: required(code, { title: '货物类别', example: 'food' }),
  tonnes: optional(number({ min: 0, max: 1_000 }), { title: '吨数', example: '12.5' }),
  waybillNo: optional(code, { title: '运单号', example: 'Y0001' }),
  outboundNo: optional(code, { title: '出库单号', example: 'O0001' }),
};

type Row = RowOf<typeof consignmentColumns>;
type Rows = readonly Numbered<Row>[];

/** What all rows of one announcement say alike: the truck and its coming. */
const ofTheVisit = [
  'stationCode',
  'zoneId',
  'flow',
  'plate',
  'plateColour',
  'licenceRequired',
  'trailerPlate',
  'carrierId',
  'expectedAt',
  'priority',
  'dueAt',
] as const satisfies readonly (keyof Row)[];

/** Announced visits with their consignments: one row for each consignment, the rows of one truck under one announcement. */
@Injectable()
export class ConsignmentsSheet implements SheetKind<typeof consignmentColumns> {
  readonly name = 'consignments';
  readonly columns = consignmentColumns;

  constructor(private readonly announceVisit: AnnounceVisit) {}

  async check(tx: Transaction, rows: Rows, scope: SheetScope): Promise<Fault[]> {
    const known = await knownNetwork(tx);
    return [
      ...differing(rows),
      ...twice(rows, 'consignmentId', ({ announcement, consignmentId }) => `${announcement} ${consignmentId}`),
      ...rows.flatMap((row) => placeFaults(row, known)),
      ...unknown(
        rows,
        'stationCode',
        ({ stationCode }) => isYours(stationCode, scope),
        'is not your station',
        'not_yours',
      ),
      ...unknown(
        rows,
        'carrierId',
        ({ carrierId }) => scope.carrierId === undefined || carrierId === scope.carrierId,
        'is not you: a carrier announces its own trucks',
        'not_yours',
      ),
      ...unknown(
        rows,
        'carrierId',
        ({ carrierId }) => carrierId === undefined || known.carriers.has(carrierId),
        'is no carrier that is registered',
      ),
      ...unknown(rows, 'enterpriseId', (row) => known.enterprises.has(row.enterpriseId), 'is no registered enterprise'),
      ...unknown(rows, 'category', ({ category }) => !isRefusedCategory(category), 'needs an escort', 'hazardous'),
    ];
  }

  async write(change: Change, rows: Rows): Promise<readonly NewEvent[]> {
    const inputs = byAnnouncement(rows).map((ofOne) => announcementOf(ofOne, change));
    await change.tx.rows(insertTrucks, [JSON.stringify(inputs.map(truckOf))]);
    const events: NewEvent[] = [];
    for (const input of inputs) events.push(...(await this.announceVisit.within(change, input)).events);
    return events;
  }
}

const isYours = (stationCode: string, { stations }: SheetScope): boolean => stations?.includes(stationCode) ?? true;

function differing(rows: Rows): Fault[] {
  const first = new Map<string, Numbered<Row>>();
  return rows.flatMap((each) => {
    const before = first.get(each.row.announcement);
    if (!before) {
      first.set(each.row.announcement, each);
      return [];
    }
    return ofTheVisit
      .filter((field) => each.row[field] !== before.row[field])
      .map((column) => ({
        row: each.number,
        column,
        reason: 'differs',
        message: `differs from row ${before.number}, which is of the same announcement`,
      }));
  });
}

function placeFaults({ number: row, row: { stationCode, zoneId, flow } }: Numbered<Row>, known: KnownNetwork): Fault[] {
  const station = known.stations.get(stationCode);
  const zone = known.zones.get(zoneId);
  const fault = (column: keyof Row, reason: string, message: string) => ({ row, column, reason, message });
  if (!station) return [fault('stationCode', 'unknown', 'is no station'), ...noZone(zone, fault)];
  if (!zone) return noZone(zone, fault);
  const serves = station.zoneIds.includes(zoneId) || zone.stationCodes.includes(stationCode);
  return [
    ...(station.state === 'closed' ? [fault('stationCode', 'closed', 'is closed')] : []),
    ...(serves ? [] : [fault('zoneId', 'not_served', 'is not served by the station')]),
    ...(flow === 'into_zone' && zone.state !== 'active'
      ? [fault('zoneId', 'lifted', 'was lifted: no swap is needed')]
      : []),
  ];
}

function noZone(zone: unknown, fault: (column: keyof Row, reason: string, message: string) => Fault): Fault[] {
  return zone ? [] : [fault('zoneId', 'unknown', 'is no zone')];
}

function byAnnouncement(rows: Rows): Numbered<Row>[][] {
  const groups = new Map<string, Numbered<Row>[]>();
  for (const each of rows) {
    const group = groups.get(each.row.announcement);
    if (group) group.push(each);
    else groups.set(each.row.announcement, [each]);
  }
  return [...groups.values()];
}

function announcementOf(rows: Rows, change: Change): AnnounceVisitInput {
  const [{ row, number: first }] = rows as readonly [Numbered<Row>];
  const { stationCode, zoneId, flow, plate, plateColour, licenceRequired, expectedAt } = row;
  const { trailerPlate, carrierId, priority, dueAt } = row;
  return {
    visitId: change.newId(`visit/${first}`),
    stationCode,
    zoneId,
    flow,
    truck: { plate, plateColour, licenceRequired, ...given({ trailerPlate }) },
    expectedAt,
    ...given({ carrierId, priority, dueAt }),
    consignments: rows.map(({ row: { consignmentId: id, enterpriseId, category, tonnes, waybillNo, outboundNo } }) => ({
      id,
      enterpriseId,
      category,
      ...given({ tonnes, waybillNo, outboundNo }),
    })),
  };
}

const truckOf = ({ stationCode, truck, carrierId }: AnnounceVisitInput) => ({ stationCode, carrierId, ...truck });

/** Trucks that nobody has seen yet: several announcements of a sheet may be of the same one. */
const insertTrucks = `
  INSERT INTO station.trucks (plate, area_code, plate_colour, licence_required, trailer_plate, carrier_id)
  SELECT DISTINCT ON (row.plate) row.plate, s.area_code, "plateColour", "licenceRequired", "trailerPlate", "carrierId"
  FROM json_to_recordset($1) AS row("stationCode" text, "carrierId" text, plate text, "plateColour" text,
                                    "licenceRequired" text, "trailerPlate" text)
  JOIN station.stations s ON s.station_code = row."stationCode"
  ORDER BY row.plate ON CONFLICT DO NOTHING`;
