import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { PolicyRules } from '@yizhan/policy';
import { stationNotFound } from '../network/stations/station.repository.js';

/** Which stations a report is about, and the rules by which their days and waits are counted. */
export interface ReportScope {
  /** A station's code, an area's, or a county's. */
  readonly code: string;
  readonly name: string;
  readonly areaCode: string;
  readonly stationCodes: readonly string[];
  /** What happens at no station is part of it too. */
  readonly isWholeArea: boolean;
  /** By the policy in force; China's where there is none yet. */
  readonly utcOffsetMinutes: number;
  /** By zone, how long a truck may wait before it is stranded, in milliseconds. */
  readonly strandedAfter: ReadonlyMap<string, number>;
}

type Named = Pick<ReportScope, 'code' | 'name' | 'areaCode' | 'isWholeArea'>;

interface StationOf {
  readonly station_code: string;
  readonly name: string;
  readonly area_code: string;
}

interface ZoneOf {
  readonly zone_id: string;
  readonly station_codes: string[];
  readonly rules: PolicyRules;
}

/** Minutes; where no policy says otherwise. */
export const utcOffsetOfChina = 480;

@Injectable()
export class ReportScopes {
  constructor(private readonly database: Database) {}

  async ofStation(stationCode: string): Promise<ReportScope> {
    const stations = await this.database.rows<StationOf>(readStation, [stationCode]);
    const [station] = stations;
    if (!station) throw stationNotFound(stationCode);
    return this.#scope(
      { code: stationCode, name: station.name, areaCode: station.area_code, isWholeArea: false },
      stations,
    );
  }

  /** All stations of an area, or those of it in one county. */
  async ofArea(areaCode: string, countyCode?: string): Promise<ReportScope> {
    const [area] = await this.database.rows<{ name: string }>(readArea, [areaCode]);
    if (!area) throw new Problem('not_found', 'AREA.NOT_FOUND', `no area ${areaCode}`, { areaCode });
    const stations = await this.database.rows<StationOf>(readStations, [areaCode, countyCode ?? null]);
    const isWholeArea = countyCode === undefined;
    return this.#scope({ code: countyCode ?? areaCode, name: area.name, areaCode, isWholeArea }, stations);
  }

  async #scope(about: Named, stations: readonly StationOf[]): Promise<ReportScope> {
    const { areaCode } = about;
    const zones = await this.database.rows<ZoneOf>(readZones, [areaCode]);
    const stationCodes = stations.map((station) => station.station_code);
    const serves = ({ station_codes }: ZoneOf) => station_codes.some((each) => stationCodes.includes(each));
    const rules = (zones.find(serves) ?? zones[0])?.rules ?? (await this.#newestRules(areaCode));
    return {
      ...about,
      stationCodes,
      utcOffsetMinutes: rules?.utcOffsetMinutes ?? utcOffsetOfChina,
      strandedAfter: new Map(zones.map((zone) => [zone.zone_id, zone.rules.timers.strandedAfterSeconds * 1000])),
    };
  }

  async #newestRules(areaCode: string): Promise<PolicyRules | undefined> {
    const [policy] = await this.database.rows<{ rules: PolicyRules }>(readNewestPolicy, [areaCode]);
    return policy?.rules;
  }
}

const readStation = `SELECT station_code, name, area_code FROM station.stations WHERE station_code = $1`;

const readStations = `
  SELECT station_code, name, area_code FROM station.stations
  WHERE area_code = $1 AND ($2::text IS NULL OR county_code = $2) ORDER BY station_code`;

const readArea = `SELECT name FROM station.areas WHERE area_code = $1`;

const readZones = `
  SELECT z.zone_id, z.station_codes, p.rules FROM station.zones z
  JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE z.area_code = $1 ORDER BY z.state = 'active' DESC, z.starts_at DESC, z.zone_id`;

const readNewestPolicy = `
  SELECT rules FROM station.policies WHERE area_code = $1 ORDER BY published_at DESC, policy_id LIMIT 1`;
