import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { licences, plateColours } from '../../cases/truck.dto.js';
import type { Change } from '../../changes/changes.js';
import { completed, eventOfTruck, upsertTrucks, type WrittenTruck } from '../../trucks/registered-truck.js';
import { code, type Fault, oneOf, optional, plateCode, required } from '../columns.js';
import { isInScope, knownNetwork } from './known-network.js';
import type { Numbered, RowOf } from '../read-rows.js';
import { type SheetKind, type SheetScope, twice, unknown } from './sheet-kind.js';

const colours = { 黄: 'yellow', 蓝: 'blue', 绿: 'green', 黄绿: 'yellow_green' } as const;

/** How a truck is told of in a sheet. */
export const truckFields = {
  plate: required(plateCode, { title: '车牌号', example: '浙G12345' }),
  plateColour: required(oneOf(plateColours, colours), { title: '车牌颜色', example: 'yellow' }),
  licenceRequired: required(oneOf(licences), { title: '所需准驾车型', example: 'A2' }),
  trailerPlate: optional(code, { title: '挂车号', example: '浙G0001挂' }),
  carrierId: optional(code, { title: '承运商', example: 'carrier-01' }),
};

export const truckColumns = {
  ...truckFields,
  areaCode: required(code, { title: '调度区', example: 'yiwu' }),
  baseZoneId: optional(code, { title: '驻地区域', example: 'yiwu' }),
};

type Rows = readonly Numbered<RowOf<typeof truckColumns>>[];

/** Trucks: registered; those that have been seen at a gate before are completed. */
@Injectable()
export class TrucksSheet implements SheetKind<typeof truckColumns> {
  readonly name = 'trucks';
  readonly columns = truckColumns;

  async check(tx: Transaction, rows: Rows, { areas }: SheetScope): Promise<Fault[]> {
    const [known, seen] = await Promise.all([
      knownNetwork(tx),
      tx.rows<Seen>(readSeen, [rows.map(({ row }) => row.plate)]),
    ]);
    const taken = new Set(seen.flatMap(({ plate, isTaken }) => (isTaken ? [plate] : [])));
    const carriers = new Map(seen.map(({ plate, carrierId }) => [plate, carrierId]));
    const isAnothers = ({ plate, carrierId }: RowOf<typeof truckColumns>): boolean => {
      const gate = carriers.get(plate) ?? null;
      return carrierId !== undefined && gate !== null && gate !== carrierId;
    };
    return [
      ...twice(rows, 'plate', ({ plate }) => plate),
      ...unknown(
        rows,
        'plate',
        ({ plate }) => !taken.has(plate),
        'is registered already, at a station or on a run',
        'registered',
      ),
      ...unknown(
        rows,
        'carrierId',
        (row) => !isAnothers(row),
        'is not the carrier that the gate has recorded',
        'anothers',
      ),
      ...unknown(rows, 'areaCode', ({ areaCode }) => known.areas.has(areaCode), 'is no area'),
      ...unknown(rows, 'areaCode', ({ areaCode }) => isInScope(areas, areaCode), 'is not your area', 'not_yours'),
      ...unknown(
        rows,
        'carrierId',
        ({ carrierId }) => carrierId === undefined || known.carriers.has(carrierId),
        'is no carrier that is registered',
      ),
      ...unknown(
        rows,
        'baseZoneId',
        (row) => row.baseZoneId === undefined || known.zones.get(row.baseZoneId)?.areaCode === row.areaCode,
        'is no zone of the area',
      ),
    ];
  }

  async write({ tx, at }: Change, rows: Rows): Promise<readonly NewEvent[]> {
    const trucks = rows.map(({ row }) => ({ ...row, baseZoneId: row.baseZoneId ?? null }));
    const made = await tx.rows<WrittenTruck>(upsertTrucks, [JSON.stringify(trucks), at]);
    if (made.length !== rows.length) {
      throw new Problem(
        'conflict',
        'TRUCK.ALREADY_REGISTERED',
        'a truck of the sheet was registered meanwhile: try again',
      );
    }
    const written = new Map(made.map((truck) => [truck.plate, truck]));
    return trucks.map((truck) => {
      const stands = written.get(truck.plate);
      return eventOfTruck('truck.registered', stands ? completed(truck, stands) : truck, at);
    });
  }
}

interface Seen {
  readonly plate: string;
  readonly carrierId: string | null;
  readonly isTaken: boolean;
}

const readSeen = `
  SELECT t.plate, t.carrier_id AS "carrierId",
         t.registered_at IS NOT NULL
           OR EXISTS (SELECT FROM station.visits v WHERE v.plate = t.plate AND v.state = 'arrived')
           OR EXISTS (SELECT FROM station.runs r WHERE r.plate = t.plate AND r.state = 'open') AS "isTaken"
  FROM station.trucks t WHERE t.plate = ANY ($1)`;
