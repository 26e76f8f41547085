import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import { Clock, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { DriverActivity, PolicyRules } from '@yizhan/policy';
import { minutesLeft } from '../board/hours-left.js';
import { given } from '../cases/given.js';
import { stepsFrom } from '../cases/transition-table.js';
import { listRows } from '../network/list-rows.js';
import { activityUpToNow } from './driver-activity.js';
import { shiftTable } from './driver.js';
import { CredentialRow, DriverRow } from './driver.entity.js';
import { driverNotFound } from './driver-facts.repository.js';
import type { CredentialResponse, DriverDetailResponse, DriverResponse, DriversQuery } from './drivers.dto.js';

interface Ties {
  readonly holdsPlate: string | null;
  readonly liveHandoffId: string | null;
  readonly activity: DriverActivity | null;
  readonly rules: PolicyRules | null;
}

/** Drivers as they are shown. */
@Injectable()
export class Drivers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

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
    const { holdsPlate, liveHandoffId } = ties;
    return Object.assign(responseOf(row), {
      credentials: credentials.map(credentialOf),
      ...given({ holdsPlate, liveHandoffId, minutesLeft: this.#minutesLeft(row, ties) }),
    });
  }

  #minutesLeft({ shiftEndsAt, drivingSince }: DriverRow, { activity, rules }: Ties): number | undefined {
    if (shiftEndsAt === null || activity === null) return undefined;
    return minutesLeft(rules, activityUpToNow({ activity, drivingSince }), this.clock.now(), shiftEndsAt);
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

function credentialOf({
  credential,
  validFrom,
  validUntil,
  issuer,
  batch,
  recalledAt,
}: CredentialRow): CredentialResponse {
  return {
    credential,
    issuer,
    validFrom: toIso(validFrom),
    validUntil: toIso(validUntil),
    ...given({ batch, recalledAt: recalledAt === null ? null : toIso(recalledAt) }),
  };
}

const readTies = `
  SELECT (SELECT t.plate FROM station.trucks t
          WHERE t.custodian_kind = 'driver' AND t.custodian_id = k.driver_id) AS "holdsPlate",
         (SELECT h.handoff_id FROM station.handoffs h
          WHERE h.driver_id = k.driver_id AND h.state IN ('assigned', 'accepted', 'started')) AS "liveHandoffId",
         d.activity, p.rules
  FROM (SELECT $1::text AS driver_id) k
  LEFT JOIN station.drivers d ON d.driver_id = k.driver_id
  LEFT JOIN station.zones z ON z.zone_id = d.inside_zone_id
  LEFT JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version`;
