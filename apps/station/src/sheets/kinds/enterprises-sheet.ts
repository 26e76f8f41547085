import { Injectable } from '@nestjs/common';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../../cases/given.js';
import type { Change } from '../../changes/changes.js';
import {
  changeEnterprises,
  type ChangedEnterprise,
  eventOfChange,
} from '../../network/enterprises/change-enterprise.js';
import {
  describeEnterprises,
  type EnterpriseDescription,
  eventOfDescription,
} from '../../network/enterprises/describe-enterprise.js';
import { readinessFacts } from '../../network/enterprises/enterprise.js';
import { code, type Fault, number, oneOf, optional, required, words } from '../columns.js';
import type { Numbered, RowOf } from '../read-rows.js';
import { isInScope, knownNetwork } from './known-network.js';
import { type SheetKind, type SheetScope, twice, unknown } from './sheet-kind.js';

const answers = { 是: 'yes', 否: 'no' } as const;
const loads = number({ min: 0, max: 10_000 });

export const enterpriseColumns = {
  enterpriseId: required(code, { title: '企业编号', example: 'enterprise-01' }),
  name: required(words(200), { title: '企业名称', example: '小商品一厂（示例）' }),
  areaCode: required(code, { title: '调度区', example: 'yiwu' }),
  zoneId: optional(code, { title: '封闭区域', example: 'yiwu' }),
  countyCode: required(code, { title: '所在县', example: '330782' }),
  aboveScale: required(oneOf(['yes', 'no'], answers), { title: '规上', example: 'yes' }),
  outputWeight: required(number({ min: 0, max: 1e12 }), { title: '产出权重', example: '3200' }),
  usualLoadsInPerDay: optional(loads, { title: '平日进货车次', example: '4' }),
  usualLoadsOutPerDay: optional(loads, { title: '平日出货车次', example: '6' }),
  priority: optional(number({ min: 0, max: 9, whole: true }), { title: '优先级', example: '0' }),
};

type Row = RowOf<typeof enterpriseColumns>;
type Rows = readonly Numbered<Row>[];

/** Enterprises with what they count for: registered, or described anew where they are known. */
@Injectable()
export class EnterprisesSheet implements SheetKind<typeof enterpriseColumns> {
  readonly name = 'enterprises';
  readonly columns = enterpriseColumns;

  async check(tx: Transaction, rows: Rows, { areas }: SheetScope): Promise<Fault[]> {
    const known = await knownNetwork(tx);
    const stands = await tx.rows<Standing>(readStanding, [rows.map(({ row }) => row.enterpriseId)]);
    const areaOf = new Map(stands.map(({ enterpriseId, areaCode }) => [enterpriseId, areaCode]));
    const isSameArea = ({ enterpriseId, areaCode }: Row): boolean =>
      (areaOf.get(enterpriseId) ?? areaCode) === areaCode;
    return [
      ...twice(rows, 'enterpriseId', ({ enterpriseId }) => enterpriseId),
      ...unknown(rows, 'areaCode', ({ areaCode }) => known.areas.has(areaCode), 'is no area'),
      ...unknown(rows, 'areaCode', ({ areaCode }) => isInScope(areas, areaCode), 'is not your area', 'not_yours'),
      ...unknown(rows, 'areaCode', isSameArea, 'is not the area that it is registered in', 'elsewhere'),
      ...unknown(
        rows,
        'zoneId',
        ({ zoneId, areaCode }) => zoneId === undefined || known.zones.get(zoneId)?.areaCode === areaCode,
        'is no zone of the area',
      ),
    ];
  }

  async write({ tx, at }: Change, rows: Rows): Promise<readonly NewEvent[]> {
    const made = new Set((await tx.rows<Made>(insertEnterprises, [asJson(rows.map(({ row }) => row))])).map(idOf));
    const descriptions = rows.map(({ row }) => descriptionOf(row));
    await tx.rows(describeEnterprises, [asJson(descriptions)]);
    const urgent = rows.filter(({ row }) => row.priority !== undefined);
    const changed = await tx.rows<ChangedEnterprise>(changeEnterprises, [
      asJson(urgent.map(({ row: { enterpriseId, priority } }) => ({ enterpriseId, priority }))),
    ]);
    return [
      ...descriptions.flatMap((description, index): NewEvent[] => {
        const { enterpriseId } = description;
        const areaCode = rows[index]?.row.areaCode ?? '';
        const subject = `enterprise/${enterpriseId}`;
        const data = readinessFacts(enterpriseId, 'willing');
        const begun = newEvent({ name: 'enterprise.readiness_changed', subject, areaCode, time: at, data });
        return [...(made.has(enterpriseId) ? [begun] : []), eventOfDescription(description, areaCode, at)];
      }),
      ...changed.map((after) => eventOfChange(after, at)),
    ];
  }
}

interface Made {
  readonly enterpriseId: string;
}

const idOf = ({ enterpriseId }: Made): string => enterpriseId;
const asJson = (rows: readonly object[]): string => JSON.stringify(rows);

function descriptionOf(row: Row): EnterpriseDescription {
  const { enterpriseId, countyCode, aboveScale, outputWeight, usualLoadsInPerDay, usualLoadsOutPerDay } = row;
  const usual = given({ usualLoadsInPerDay, usualLoadsOutPerDay });
  return { enterpriseId, countyCode, aboveScale: aboveScale === 'yes', outputWeight, ...usual };
}

interface Standing extends Made {
  readonly areaCode: string;
}

const readStanding = `
  SELECT enterprise_id AS "enterpriseId", area_code AS "areaCode" FROM station.enterprises WHERE enterprise_id = ANY ($1)`;

const insertEnterprises = `
  INSERT INTO station.enterprises (enterprise_id, area_code, zone_id, name, readiness, priority)
  SELECT "enterpriseId", "areaCode", "zoneId", name, 'willing', 0
  FROM json_to_recordset($1) AS r("enterpriseId" text, "areaCode" text, "zoneId" text, name text)
  ON CONFLICT DO NOTHING RETURNING enterprise_id AS "enterpriseId"`;
