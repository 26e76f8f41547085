import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import type { Change } from '../../changes/changes.js';
import {
  changeEnterprises,
  type ChangedEnterprise,
  eventOfChange,
  reportCapacities,
} from '../../network/enterprises/change-enterprise.js';
import {
  assertUsed,
  eventOfElectricity,
  type ReportElectricityInput,
} from '../../network/enterprises/report-electricity.js';
import { code, type Fault, instant, number, optional, required } from '../columns.js';
import type { Numbered, RowOf } from '../read-rows.js';
import { isInScope } from './known-network.js';
import { type SheetKind, type SheetScope, twice, unknown } from './sheet-kind.js';

const energy = number({ min: 0, max: 1e12 });

export const capacityColumns = {
  enterpriseId: required(code, { title: '企业编号', example: 'enterprise-01' }),
  capacityPercent: optional(number({ min: 0, max: 100 }), { title: '产能保持率', example: '62.5' }),
  stopsLineAt: optional(instant, { title: '停线时间', example: '2026-03-03T14:00:00+08:00' }),
  usedFromAt: optional(instant, { title: '用电起', example: '2026-03-01' }),
  usedToAt: optional(instant, { title: '用电止', example: '2026-03-02' }),
  kilowattHours: optional(energy, { title: '用电量', example: '18400' }),
  quarterDailyKilowattHours: optional(energy, { title: '上季度日均用电量', example: '26000' }),
};

type Row = RowOf<typeof capacityColumns>;
type Rows = readonly Numbered<Row>[];

const ofElectricity = ['usedFromAt', 'usedToAt', 'kilowattHours', 'quarterDailyKilowattHours'] as const;

/** What enterprises keep up: as they say themselves, and by the electricity that they used. */
@Injectable()
export class CapacitySheet implements SheetKind<typeof capacityColumns> {
  readonly name = 'capacity';
  readonly columns = capacityColumns;

  async check(tx: Transaction, rows: Rows, { areas, enterpriseId: own }: SheetScope): Promise<Fault[]> {
    const stands = await tx.rows<Standing>(readStanding, [rows.map(({ row }) => row.enterpriseId)]);
    const areaOf = new Map(stands.map(({ enterpriseId, areaCode }) => [enterpriseId, areaCode]));
    const isYours = ({ enterpriseId }: Row): boolean =>
      own === undefined ? isInScope(areas, areaOf.get(enterpriseId) ?? '') : own === enterpriseId;
    const isKnown = ({ enterpriseId }: Row): boolean => areaOf.has(enterpriseId);
    return [
      ...twice(rows, 'enterpriseId', ({ enterpriseId }) => enterpriseId),
      ...unknown(rows, 'enterpriseId', isKnown, 'is no registered enterprise'),
      ...unknown(rows, 'enterpriseId', (row) => !isKnown(row) || isYours(row), 'is not yours', 'not_yours'),
      ...unknown(rows, 'capacityPercent', saysSomething, 'the row says nothing', 'missing'),
      ...rows.flatMap(electricityFaults),
    ];
  }

  async write({ tx, at }: Change, rows: Rows): Promise<readonly NewEvent[]> {
    const changes = rows.filter(({ row }) => row.capacityPercent !== undefined || row.stopsLineAt !== undefined);
    const reports = rows.flatMap(({ row }) => electricityOf(row) ?? []);
    for (const report of reports) assertUsed(report, at);
    const percents = new Map(rows.map(({ row }) => [row.enterpriseId, row.capacityPercent]));
    const said = rows.filter(({ row }) => row.capacityPercent !== undefined).map(({ row }) => row);
    const changed = await tx.rows<ChangedEnterprise>(changeEnterprises, [
      JSON.stringify(changes.map(({ row: { enterpriseId, stopsLineAt } }) => ({ enterpriseId, stopsLineAt }))),
    ]);
    await tx.rows(reportCapacities, [JSON.stringify(said), at]);
    const stands = await tx.rows<Standing>(holdStanding, [reports.map(({ enterpriseId }) => enterpriseId)]);
    const areaOf = new Map(stands.map(({ enterpriseId, areaCode }) => [enterpriseId, areaCode]));
    return [
      ...changed.map((after) => eventOfChange(after, at, percents.get(after.enterpriseId))),
      ...reports.map((report) => eventOfElectricity(report, areaOf.get(report.enterpriseId) ?? '', at)),
    ];
  }
}

const saysSomething = ({ enterpriseId: _id, ...said }: Row): boolean =>
  Object.values(said).some((value) => value !== undefined);

/** All of it or none, of a time that has a length, beside something. */
function electricityFaults({ number: row, row: said }: Numbered<Row>): Fault[] {
  const missing = ofElectricity.filter((field) => said[field] === undefined);
  if (missing.length === ofElectricity.length) return [];
  const fault = (column: string, reason: string, message: string): Fault => ({ row, column, reason, message });
  if (missing.length > 0) return missing.map((column) => fault(column, 'missing', 'is missing beside the others'));
  const { usedFromAt = 0, usedToAt = 0, quarterDailyKilowattHours } = said;
  return [
    ...(usedFromAt < usedToAt ? [] : [fault('usedFromAt', 'no_time', 'must lie before the end')]),
    ...(quarterDailyKilowattHours === 0 ? [fault('quarterDailyKilowattHours', 'no_number', 'must be above 0')] : []),
  ];
}

function electricityOf(row: Row): ReportElectricityInput | undefined {
  const { enterpriseId, usedFromAt, usedToAt, kilowattHours, quarterDailyKilowattHours } = row;
  if (usedFromAt === undefined || usedToAt === undefined) return undefined;
  if (kilowattHours === undefined || quarterDailyKilowattHours === undefined) return undefined;
  return { enterpriseId, usedFromAt, usedToAt, kilowattHours, quarterDailyKilowattHours };
}

interface Standing {
  readonly enterpriseId: string;
  readonly areaCode: string;
}

const readStanding = `
  SELECT enterprise_id AS "enterpriseId", area_code AS "areaCode" FROM station.enterprises WHERE enterprise_id = ANY ($1)`;

/** The events of an enterprise are in one order: who tells some holds it. */
const holdStanding = `${readStanding} ORDER BY enterprise_id FOR UPDATE`;
