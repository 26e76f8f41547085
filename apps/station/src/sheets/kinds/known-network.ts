import type { Transaction } from '@yizhan/persistence';
import type { SheetScope } from './sheet-kind.js';

/** What rows of a sheet may name. */
export interface KnownNetwork {
  readonly areas: ReadonlySet<string>;
  /** State and area by code. */
  readonly stations: ReadonlyMap<
    string,
    { readonly areaCode: string; readonly state: string; readonly zoneIds: readonly string[] }
  >;
  readonly zones: ReadonlyMap<
    string,
    { readonly areaCode: string; readonly state: string; readonly stationCodes: readonly string[] }
  >;
  readonly carriers: ReadonlySet<string>;
  readonly enterprises: ReadonlySet<string>;
}

/** Reads all of it: a network has some hundred of these, and a sheet thousands of rows. */
export async function knownNetwork(tx: Transaction): Promise<KnownNetwork> {
  const [areas, stations, zones, carriers, enterprises] = await Promise.all([
    tx.rows<{ code: string }>('SELECT area_code AS code FROM station.areas'),
    tx.rows<{ code: string; areaCode: string; state: string; zoneIds: string[] }>(
      'SELECT station_code AS code, area_code AS "areaCode", state, zone_ids AS "zoneIds" FROM station.stations',
    ),
    tx.rows<{ code: string; areaCode: string; state: string; stationCodes: string[] }>(
      'SELECT zone_id AS code, area_code AS "areaCode", state, station_codes AS "stationCodes" FROM station.zones',
    ),
    tx.rows<{ code: string }>('SELECT carrier_id AS code FROM station.carriers'),
    tx.rows<{ code: string }>('SELECT enterprise_id AS code FROM station.enterprises'),
  ]);
  const codes = (rows: readonly { code: string }[]) => new Set(rows.map(({ code }) => code));
  return {
    areas: codes(areas),
    stations: new Map(stations.map((row) => [row.code, row])),
    zones: new Map(zones.map((row) => [row.code, row])),
    carriers: codes(carriers),
    enterprises: codes(enterprises),
  };
}

export const isInScope = (areas: SheetScope['areas'], areaCode: string): boolean => areas?.includes(areaCode) ?? true;
