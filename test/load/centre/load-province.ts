import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { servicePlaces } from '@yizhan/persistence';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { runningServer } from '../../../apps/yizhan/src/runtime/postgres/open-database.js';
import { openPlace } from '../../../apps/yizhan/src/runtime/postgres/open-place.js';
import { keyed } from '../board/full-board.js';
import type { Api, BenchProduct } from '../board/product.js';
import { tell } from '../ground/figures.js';
import {
  areaOf,
  type County,
  type MadeEnterprise,
  sheetOfCapacity,
  sheetOfEnterprises,
  stationOf,
  zoneOf,
} from './province.js';

export interface Province {
  readonly places: readonly County[];
  readonly enterprises: readonly MadeEnterprise[];
  /** Trucks that come to each station before anything is measured. */
  readonly trucks: number;
  /** Days of loads that the estimate from the flow looks back on. */
  readonly days: number;
}

const atOnce = 6;

/** Brings all of it into the product through its API, but for the loads of the days before, which are put where they are counted. */
export async function loadProvince(product: BenchProduct, province: Province): Promise<void> {
  const { api } = product;
  const { places, enterprises, trucks, days } = province;
  tell(`opening ${places.length} areas`);
  await inTurn(places, (place) => openArea(api, place));
  tell(`registering ${enterprises.length} enterprises by a sheet`);
  await api.sheets.importEnterprises({ headers: keyed(), body: asFile(sheetOfEnterprises(enterprises)) });
  await api.sheets.importCapacity({ headers: keyed(), body: asFile(sheetOfCapacity(enterprises, Date.now())) });
  tell(`bringing ${trucks} trucks to each station`);
  const comers = Array.from({ length: trucks }, () => places).flat();
  await inTurn(comers, (place) => bringTruck(api, place, enterprises));
  if (days > 0) await countLoads(product, days);
}

const asFile = (text: string): Blob => new Blob([text], { type: 'text/csv' });

async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += atOnce) await Promise.all(all.slice(at, at + atOnce).map(work));
}

async function openArea(api: Api, county: County): Promise<void> {
  const [areaCode, zoneId, stationCode] = [areaOf(county), zoneOf(county), stationOf(county)];
  await api.areas.create({ headers: keyed(), body: { areaCode, name: county.name } });
  const policy = await api.areas.publishPolicy({
    headers: keyed(),
    path: { areaCode },
    body: { policyId: 'cn-freight' },
  });
  const { latitude, longitude, adcode: countyCode, name } = county;
  const station = { stationCode, areaCode, countyCode, name: `${name}中转站`, location: { latitude, longitude } };
  await api.stations.open({ headers: keyed(), body: { ...station, bays: ['B01', 'B02', 'B03', 'B04'], zoneIds: [] } });
  const zone = { zoneId, areaCode, level: 'silent' as const, countyCodes: [countyCode], stationCodes: [stationCode] };
  const startsAt = new Date().toISOString();
  const { policyId: id, version } = policy;
  await api.zones.activate({ headers: keyed(), body: { ...zone, startsAt, policy: { id, version } } });
}

let brought = 0;

/** One more truck at the station of a county, with goods for one of its enterprises. @returns when its arrival was asked for. */
export async function bringTruck(api: Api, county: County, enterprises: readonly MadeEnterprise[]): Promise<number> {
  const no = (brought += 1);
  const own = enterprises.filter((each) => each.county === county);
  const enterpriseId = own[no % own.length]?.enterpriseId ?? '';
  const plate = `浙A${String(10_000 + no)}`;
  const stationCode = stationOf(county);
  const intake = { stationCode, plate, phone: `138${String(10_000_000 + no)}` };
  const { driverId, carrierId } = await api.intakes.takeIn({ headers: keyed(), body: intake });
  const truck = { plate, plateColour: 'yellow', licenceRequired: 'B2' } as const;
  const consignments = [{ id: `C${no}`, enterpriseId, category: 'parts' }];
  const place = { stationCode, zoneId: zoneOf(county), flow: 'into_zone' } as const;
  const body = { ...place, visitId: randomUUID(), truck, carrierId, driverId, consignments };
  const asked = Date.now();
  await api.visits.arrive({ headers: keyed(), body });
  return asked;
}

/**
 * The loads of the days before, as their events would have been counted: by enterprise, flow and hour, about half of what is usual.
 * The events themselves would be some millions.
 */
async function countLoads({ folder }: BenchProduct, days: number): Promise<void> {
  const server = runningServer(new DataDirectory(join(folder, 'data')));
  const database = await openPlace(server, servicePlaces.commandCentre, 1);
  try {
    const [put] = await database.rows<{ rows: number }>(putLoads, [days * 24]);
    tell(`${put?.rows ?? 0} hours with loads put in`);
  } finally {
    await database.close();
  }
}

const putLoads = `
  WITH put AS (
    INSERT INTO command_centre.cells (area_code, dimension, hour, code, flow, kpi, split, bucket, count)
    SELECT e.area_code, 'enterprise', date_trunc('hour', now()) - h * interval '1 hour', e.enterprise_id, f.flow, 'loads', '', -1, 1
    FROM command_centre.enterprises e CROSS JOIN generate_series(1, $1::int) AS h
    CROSS JOIN (VALUES ('into_zone'), ('out_of_zone')) AS f (flow)
    WHERE (hashtext(e.enterprise_id || f.flow) & 1023) + h * 37 & 1023
        < 512 * (CASE f.flow WHEN 'into_zone' THEN e.usual_loads_in ELSE e.usual_loads_out END) / 24
    RETURNING 1)
  SELECT count(*)::int AS rows FROM put`;
