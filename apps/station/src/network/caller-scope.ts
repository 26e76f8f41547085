import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { driverNotFound } from '../drivers/driver-facts.repository.js';
import { stationNotFound } from './stations/station.repository.js';

/** Which areas a caller's token reaches, where the token names stations and the request something else. */
@Injectable()
export class CallerScope {
  constructor(private readonly database: Database) {}

  /** The areas of his stations, or those in his token; `undefined` stands for all. */
  async areasOf(caller: Caller): Promise<readonly string[] | undefined> {
    if (caller.role === 'administrator') return undefined;
    if (caller.role === 'command_centre' || caller.stations.length === 0) return caller.areas;
    const rows = await this.database.rows<{ area_code: string }>(areasOfStations, [caller.stations]);
    return [...new Set([...caller.areas, ...rows.map((row) => row.area_code)])];
  }

  /** @throws Problem `forbidden` where the area is neither his nor that of one of his stations. */
  async requireArea(caller: Caller, areaCode: string): Promise<void> {
    const areas = await this.areasOf(caller);
    if (areas && !areas.includes(areaCode)) caller.requireArea(areaCode);
  }

  /** Those who work at the station, and the command centre of its area. */
  async requireStation(caller: Caller, stationCode: string): Promise<void> {
    if (caller.mayActAt(stationCode)) return;
    if (caller.role !== 'command_centre') caller.requireStation(stationCode);
    caller.requireArea(await this.#areaOf('stations', stationCode, stationNotFound(stationCode)));
  }

  /** The command centre of the zone's area. */
  async requireZone(caller: Caller, zoneId: string): Promise<void> {
    const notFound = new Problem('not_found', 'ZONE.NOT_FOUND', `no zone ${zoneId}`, { zoneId });
    caller.requireArea(await this.#areaOf('zones', zoneId, notFound));
  }

  /** The enterprise itself, and the command centre of its area. */
  async requireEnterprise(caller: Caller, enterpriseId: string): Promise<void> {
    if (caller.isEnterprise(enterpriseId)) return;
    if (caller.role === 'enterprise') {
      const own = 'an enterprise reads and changes itself alone';
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_ENTERPRISE', own, { enterpriseId });
    }
    const message = `no enterprise ${enterpriseId}`;
    const notFound = new Problem('not_found', 'ENTERPRISE.NOT_FOUND', message, { enterpriseId });
    caller.requireArea(await this.#areaOf('enterprises', enterpriseId, notFound));
  }

  /** The driver himself, and everybody whose areas his pool belongs to. */
  async requireDriver(caller: Caller, driverId: string): Promise<void> {
    if (caller.isDriver(driverId)) return;
    caller.requireSelf(driverId);
    await this.requireArea(caller, await this.#areaOf('drivers', driverId, driverNotFound(driverId)));
  }

  async #areaOf(table: keyof typeof areaQueries, id: string, notFound: Problem): Promise<string> {
    const [row] = await this.database.rows<{ area_code: string }>(areaQueries[table], [id]);
    if (!row) throw notFound;
    return row.area_code;
  }
}

const areasOfStations = `SELECT DISTINCT area_code FROM station.stations WHERE station_code = ANY($1)`;

const areaQueries = {
  stations: 'SELECT area_code FROM station.stations WHERE station_code = $1',
  zones: 'SELECT area_code FROM station.zones WHERE zone_id = $1',
  enterprises: 'SELECT area_code FROM station.enterprises WHERE enterprise_id = $1',
  drivers: 'SELECT area_code FROM station.drivers WHERE driver_id = $1',
};
