import { Injectable } from '@nestjs/common';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { licences } from '../../cases/truck.dto.js';
import { given } from '../../cases/given.js';
import type { Change } from '../../changes/changes.js';
import { PersonalData, type SealedData } from '../../personal-data/personal-data.js';
import { type PersonalField, readPersonalField } from '../../personal-data/personal-fields.js';
import { code, type Fault, instant, optional, personCode, required, someOf } from '../columns.js';
import { isInScope, knownNetwork } from './known-network.js';
import type { Numbered, RowOf } from '../read-rows.js';
import { type Brought, type SheetKind, type SheetScope, twice, unknown } from './sheet-kind.js';

/** The credential that nearly every driver of a truck must hold (从业资格证); others are granted one by one. */
export const qualification = 'professional_qualification';

/** What is personal never leaves the sheet but encrypted, and no fault says what a cell holds. */
const personal = (field: PersonalField) => (cell: string) => {
  const read = readPersonalField(field, cell);
  return 'value' in read
    ? read
    : { reason: `no_${field === 'identityNumber' ? 'identity_number' : field}`, message: read.fault };
};

export const driverColumns = {
  driverId: required(personCode, { title: '司机编号', example: 'R0001' }),
  areaCode: required(code, { title: '调度区', example: 'yiwu' }),
  insideZoneId: optional(code, { title: '区内', example: 'yiwu' }),
  licences: required(someOf(licences), { title: '准驾车型', example: 'A2 B2' }),
  homeStationCode: optional(code, { title: '所属中转站', example: 'jindong' }),
  carrierId: optional(code, { title: '承运商', example: 'carrier-01' }),
  qualifiedFrom: optional(instant, { title: '从业资格证起', example: '2024-05-01' }),
  qualifiedUntil: optional(instant, { title: '从业资格证止', example: '2030-05-01' }),
  qualificationIssuer: optional(code, { title: '发证机关', example: '330700' }),
  name: optional(personal('name'), { title: '姓名', example: '张三' }),
  phone: optional(personal('phone'), { title: '手机号', example: '13800138000' }),
  identityNumber: optional(personal('identityNumber'), { title: '身份证号', example: '11010519491231002X' }),
};

type Row = RowOf<typeof driverColumns>;
type Rows = readonly Numbered<Row>[];

/** Drivers: enrolled, with their qualification where the sheet has it. */
@Injectable()
export class DriversSheet implements SheetKind<typeof driverColumns> {
  readonly name = 'drivers';
  readonly columns = driverColumns;

  constructor(private readonly personalData: PersonalData) {}

  seal(rows: Rows): Promise<readonly SealedData[]> {
    const people = rows.flatMap(({ row: { driverId, name, phone, identityNumber } }) => {
      const changes = given({ name, phone, identityNumber });
      return Object.keys(changes).length === 0 ? [] : [{ personId: `driver:${driverId}`, changes }];
    });
    return this.personalData.sealAll(people);
  }

  async check(tx: Transaction, rows: Rows, { areas }: SheetScope): Promise<Fault[]> {
    const [known, enrolled] = await Promise.all([
      knownNetwork(tx),
      tx.rows<{ id: string }>(readEnrolled, [rows.map(({ row }) => row.driverId)]),
    ]);
    const there = new Set(enrolled.map(({ id }) => id));
    const inArea = (place: { areaCode: string } | undefined, row: Row) => place?.areaCode === row.areaCode;
    return [
      ...twice(rows, 'driverId', ({ driverId }) => driverId),
      ...unknown(rows, 'driverId', ({ driverId }) => !there.has(driverId), 'is enrolled already', 'enrolled'),
      ...unknown(rows, 'areaCode', ({ areaCode }) => known.areas.has(areaCode), 'is no area'),
      ...unknown(rows, 'areaCode', ({ areaCode }) => isInScope(areas, areaCode), 'is not your area', 'not_yours'),
      ...unknown(
        rows,
        'insideZoneId',
        (row) => row.insideZoneId === undefined || inArea(known.zones.get(row.insideZoneId), row),
        'is no zone of the area',
      ),
      ...unknown(
        rows,
        'homeStationCode',
        (row) => row.homeStationCode === undefined || inArea(known.stations.get(row.homeStationCode), row),
        'is no station of the area',
      ),
      ...unknown(
        rows,
        'carrierId',
        ({ carrierId }) => carrierId === undefined || known.carriers.has(carrierId),
        'is no carrier that is registered',
      ),
      ...rows.flatMap(qualificationFaults),
    ];
  }

  async write(change: Change, rows: Rows, { by, sealed }: Brought): Promise<readonly NewEvent[]> {
    const { tx, at } = change;
    const drivers = rows.map(enrolmentOf);
    const held = drivers.flatMap((row) => heldBy(row));
    const made = await tx.rows(insertDrivers, [JSON.stringify(drivers)]);
    if (made.length !== rows.length) {
      throw new Problem(
        'conflict',
        'DRIVER.ALREADY_ENROLLED',
        'a driver of the sheet was enrolled meanwhile: try again',
      );
    }
    await tx.rows(insertCredentials, [JSON.stringify(held)]);
    await this.personalData.putAll(tx, sealed, at, by);
    return drivers.flatMap((row) => eventsOf(row, at));
  }
}

function qualificationFaults({ number, row }: Numbered<Row>): Fault[] {
  const { qualifiedFrom, qualifiedUntil, qualificationIssuer } = row;
  const fault = (column: string, reason: string, message: string) => ({ row: number, column, reason, message });
  if (qualifiedUntil === undefined) {
    if (qualifiedFrom === undefined && qualificationIssuer === undefined) return [];
    return [fault('qualifiedUntil', 'missing', 'is missing: until when does he hold it?')];
  }
  return [
    ...(qualificationIssuer === undefined ? [fault('qualificationIssuer', 'missing', 'is missing')] : []),
    ...(qualifiedFrom === undefined ? [fault('qualifiedFrom', 'missing', 'is missing')] : []),
    ...(qualifiedFrom !== undefined && qualifiedFrom >= qualifiedUntil
      ? [fault('qualifiedUntil', 'before_start', 'is not after its beginning')]
      : []),
  ];
}

type Enrolment = Omit<Row, 'insideZoneId' | PersonalField> & { readonly insideZoneId: string | null };

/** The row without what is personal: that goes into no statement but encrypted. */
function enrolmentOf({ row }: Numbered<Row>): Enrolment {
  const { driverId, areaCode, insideZoneId, licences: held, homeStationCode, carrierId } = row;
  const { qualifiedFrom, qualifiedUntil, qualificationIssuer } = row;
  return {
    driverId,
    areaCode,
    insideZoneId: insideZoneId ?? null,
    licences: held,
    homeStationCode,
    carrierId,
    qualifiedFrom,
    qualifiedUntil,
    qualificationIssuer,
  };
}

interface Held {
  readonly driverId: string;
  readonly credential: string;
  readonly validFrom: number;
  readonly validUntil: number;
  readonly issuer: string;
}

function heldBy({ driverId, qualifiedFrom, qualifiedUntil, qualificationIssuer }: Enrolment): Held[] {
  if (qualifiedFrom === undefined || qualifiedUntil === undefined || qualificationIssuer === undefined) return [];
  const validity = { validFrom: qualifiedFrom, validUntil: qualifiedUntil };
  return [{ driverId, credential: qualification, ...validity, issuer: qualificationIssuer }];
}

function eventsOf(row: Enrolment, time: number): NewEvent[] {
  const { driverId, areaCode, insideZoneId, homeStationCode, carrierId } = row;
  const place = { subject: `driver/${driverId}`, areaCode, time };
  const data = { driverId, insideZoneId, licences: row.licences, ...given({ homeStationCode, carrierId }) };
  return [
    newEvent({ name: 'driver.enrolled', ...place, data }),
    ...heldBy(row).map(({ validFrom, validUntil, ...what }) =>
      newEvent({
        name: 'driver.credential_granted',
        ...place,
        data: { ...what, validFrom: toIso(validFrom), validUntil: toIso(validUntil) },
      }),
    ),
  ];
}

const readEnrolled = `SELECT driver_id AS id FROM station.drivers WHERE driver_id = ANY ($1)`;

const insertDrivers = `
  INSERT INTO station.drivers (driver_id, area_code, inside_zone_id, licences, home_station_code, carrier_id)
  SELECT "driverId", "areaCode", "insideZoneId", licences, "homeStationCode", "carrierId"
  FROM json_to_recordset($1) AS row("driverId" text, "areaCode" text, "insideZoneId" text, licences text[],
                                    "homeStationCode" text, "carrierId" text)
  ON CONFLICT DO NOTHING RETURNING driver_id`;

const insertCredentials = `
  INSERT INTO station.credentials (driver_id, credential, valid_from, valid_until, issuer)
  SELECT "driverId", credential, to_timestamp("validFrom" / 1000), to_timestamp("validUntil" / 1000), issuer
  FROM json_to_recordset($1) AS row("driverId" text, credential text, "validFrom" double precision,
                                    "validUntil" double precision, issuer text)`;
