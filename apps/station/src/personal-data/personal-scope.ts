import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { driverNotFound } from '../drivers/driver-facts.repository.js';
import { CallerScope } from '../network/caller-scope.js';
import { accessToCarrier, accessToDriver, accessToOperator, type PersonalAccess } from './personal-access.js';
import { personOf } from './person-id.js';

interface Places {
  readonly area_code: string;
  readonly home_station_code: string | null;
  readonly stations: readonly (string | null)[];
}

/** What a caller may do with a person's data. */
@Injectable()
export class PersonalScope {
  constructor(
    private readonly database: Database,
    private readonly areas: CallerScope,
  ) {}

  /** @throws Problem `not_found` where there is no such driver or carrier. */
  async accessOf(caller: Caller, personId: string): Promise<PersonalAccess> {
    const { kind, id } = personOf(personId);
    if (kind === 'operator') return accessToOperator(caller, personId);
    if (kind === 'carrier') {
      await this.#requireCarrier(id);
      return accessToCarrier(caller, id);
    }
    const [driver] = await this.database.rows<Places>(readPlaces, [id]);
    if (!driver) throw driverNotFound(id);
    const places = {
      driverId: id,
      areaCode: driver.area_code,
      homeStationCode: driver.home_station_code,
      stationCodes: driver.stations.filter((code) => code !== null),
    };
    return accessToDriver(caller, places, (await this.areas.areasOf(caller)) ?? []);
  }

  async #requireCarrier(carrierId: string): Promise<void> {
    const [row] = await this.database.rows('SELECT 1 FROM station.carriers WHERE carrier_id = $1', [carrierId]);
    if (!row) throw new Problem('not_found', 'CARRIER.NOT_FOUND', `no carrier ${carrierId}`, { carrierId });
  }
}

const readPlaces = `
  SELECT area_code, home_station_code, ARRAY[station_code, shift_station_code] AS stations
  FROM station.drivers WHERE driver_id = $1`;
