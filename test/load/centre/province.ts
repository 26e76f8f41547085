import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { ownRoot } from '@yizhan/process';

/** A county of Zhejiang; each is an area with one station at the seat of its government. */
export interface County {
  readonly adcode: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** An enterprise of it; made up. */
export interface MadeEnterprise {
  readonly enterpriseId: string;
  readonly county: County;
  readonly isAboveScale: boolean;
  readonly outputWeight: number;
  readonly loadsIn: number;
  readonly loadsOut: number;
  /** What it says that it keeps up; nothing where it says nothing. */
  readonly reportedPercent?: number;
  /** Its electricity of yesterday in percent of the last quarter. */
  readonly electricityPercent?: number;
  /** In how many hours its line stops. */
  readonly stopsInHours?: number;
}

/** Enterprises of the 90 counties that had the capacity to produce in a closed loop, as Zhejiang counted them in 2022. */
export const enterprisesOfZhejiang = 12_396;

const file = join(ownRoot(), '../shared/data/zhejiang-geo/zhejiang_90_counties.csv');

interface Line {
  readonly adcode: string;
  readonly name: string;
  readonly seat_lng_wgs84: string;
  readonly seat_lat_wgs84: string;
}

/** The 90 counties from the test data beside the project. @throws where they are not there. */
export function counties(): County[] {
  const lines = parse<Line>(readFileSync(file), { columns: true, bom: true });
  return lines.map(({ adcode, name, seat_lng_wgs84, seat_lat_wgs84 }) => ({
    adcode,
    name,
    latitude: Number(seat_lat_wgs84),
    longitude: Number(seat_lng_wgs84),
  }));
}

/** As many in each county, the same ones every time: everything of one follows from its number. */
export function madeEnterprises(places: readonly County[], count = enterprisesOfZhejiang): MadeEnterprise[] {
  return Array.from({ length: count }, (_, index) => {
    const chance = (what: number): number => shareOf(index * 8 + what);
    return {
      enterpriseId: `made-${String(index + 1).padStart(5, '0')}`,
      county: places[index % places.length],
      isAboveScale: chance(0) < 0.7,
      // Few are large: from 20 to 20,000.
      outputWeight: Math.round(20 * 1_000 ** (chance(1) ** 2)),
      loadsIn: 1 + Math.floor(chance(2) * 9),
      loadsOut: 1 + Math.floor(chance(3) * 9),
      ...(chance(4) < 0.8 && { reportedPercent: Math.round(chance(5) * 1_000) / 10 }),
      ...(chance(5) < 0.6 && { electricityPercent: Math.round(chance(6) * 1_100) / 10 }),
      ...(chance(7) < 0.3 && { stopsInHours: 1 + Math.floor(chance(6) * 24) }),
    };
  });
}

/** From 0 to below 1, scattered, and the same for the same number (splitmix32). */
function shareOf(no: number): number {
  let mixed = Math.imul(no + 1, 0x9e3779b9);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

export const areaOf = ({ adcode }: County): string => `area-${adcode}`;
export const stationOf = ({ adcode }: County): string => `station-${adcode}`;
export const zoneOf = ({ adcode }: County): string => `zone-${adcode}`;

/** The enterprises as the sheet `enterprises`. */
export function sheetOfEnterprises(enterprises: readonly MadeEnterprise[]): string {
  const head =
    'enterpriseId,name,areaCode,zoneId,countyCode,aboveScale,outputWeight,usualLoadsInPerDay,usualLoadsOutPerDay';
  const lines = enterprises.map(({ enterpriseId, county, isAboveScale, outputWeight, loadsIn, loadsOut }) => {
    const place = [areaOf(county), zoneOf(county), county.adcode];
    return [
      enterpriseId,
      `虚构企业 ${enterpriseId}`,
      ...place,
      isAboveScale ? 'yes' : 'no',
      outputWeight,
      loadsIn,
      loadsOut,
    ];
  });
  return [head, ...lines.map((line) => line.join(','))].join('\n');
}

const day = 86_400_000;

/** What they say as the sheet `capacity`; those that say nothing are left out. */
export function sheetOfCapacity(enterprises: readonly MadeEnterprise[], now: number): string {
  const head = 'enterpriseId,capacityPercent,stopsLineAt,usedFromAt,usedToAt,kilowattHours,quarterDailyKilowattHours';
  const iso = (at: number): string => new Date(at).toISOString();
  const lines = enterprises.flatMap(({ enterpriseId, reportedPercent, electricityPercent, stopsInHours }) => {
    if (reportedPercent === undefined && electricityPercent === undefined && stopsInHours === undefined) return [];
    const stop = stopsInHours === undefined ? '' : iso(now + stopsInHours * 3_600_000);
    const used =
      electricityPercent === undefined ? ['', '', '', ''] : [iso(now - day), iso(now), electricityPercent * 10, 1_000];
    return [[enterpriseId, reportedPercent ?? '', stop, ...used].join(',')];
  });
  return [head, ...lines].join('\n');
}
