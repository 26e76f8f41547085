import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { stepsFrom } from '../cases/transition-table.js';
import { listRows } from '../network/list-rows.js';
import { shiftTable } from './driver.js';
import { CredentialRow, DriverRow } from './driver.entity.js';
import { driverNotFound } from './driver-facts.repository.js';
import type { CredentialResponse, DriverDetailResponse, DriverResponse, DriversQuery } from './drivers.dto.js';

interface Ties {
  plate: string | null;
  handoff_id: string | null;
}

/** Drivers as they are shown. */
@Injectable()
export class Drivers {
  constructor(private readonly database: Database) {}

  /** Of the areas given only; `undefined` stands for all. */
  list(query: DriversQuery, areas: readonly string[] | undefined): Promise<Page<DriverResponse>> {
    const { areaCode, stationCode, shiftStationCode, insideZoneId, homeStationCode, carrierId } = query;
    const asked = areaCode === undefined ? areas : [areaCode].filter((code) => areas?.includes(code) ?? true);
    return listRows(this.database, query, {
      of: DriverRow,
      keys: ['driverId'],
      where: { areaCode: asked, stationCode, shiftStationCode, insideZoneId, homeStationCode, carrierId },
      item: responseOf,
    });
  }

  /** @throws Problem `not_found`. */
  async read(driverId: string): Promise<DriverDetailResponse> {
    const { manager } = this.database;
    const [row, credentials, [ties]] = await Promise.all([
      manager.findOneBy(DriverRow, { driverId }),
      manager.find(CredentialRow, { where: { driverId }, order: { credential: 'ASC', validFrom: 'ASC' } }),
      this.database.rows<Ties>(readTies, [driverId]),
    ]);
    if (!row) throw driverNotFound(driverId);
    const { plate: holdsPlate, handoff_id: liveHandoffId } = ties;
    return Object.assign(responseOf(row), {
      credentials: credentials.map(credentialOf),
      ...given({ holdsPlate, liveHandoffId }),
    });
  }
}

function responseOf(row: DriverRow): DriverResponse {
  const { driverId, areaCode, insideZoneId, licences, version } = row;
  const { homeStationCode, carrierId, stationCode, drivingSince } = row;
  return {
    driverId,
    areaCode,
    insideZoneId,
    licences,
    version,
    allowedSteps: stepsFrom(shiftTable, row.shiftStationCode === null ? 'off' : 'on'),
    ...given({ homeStationCode, carrierId, stationCode, shift: shiftOf(row) }),
    ...given({ drivingSince: drivingSince === null ? null : toIso(drivingSince) }),
  };
}

function shiftOf({ shiftStationCode, shiftStartedAt, shiftEndsAt }: DriverRow): DriverResponse['shift'] {
  if (shiftStationCode === null || shiftStartedAt === null || shiftEndsAt === null) return undefined;
  return { stationCode: shiftStationCode, startedAt: toIso(shiftStartedAt), endsAt: toIso(shiftEndsAt) };
}

function credentialOf({ credential, validFrom, validUntil, issuer, recalledAt }: CredentialRow): CredentialResponse {
  return {
    credential,
    issuer,
    validFrom: toIso(validFrom),
    validUntil: toIso(validUntil),
    ...given({ recalledAt: recalledAt === null ? null : toIso(recalledAt) }),
  };
}

const readTies = `
  SELECT (SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = $1) AS plate,
         (SELECT h.handoff_id FROM station.handoffs h
          WHERE h.driver_id = $1 AND h.state IN ('assigned', 'accepted', 'started')) AS handoff_id`;
