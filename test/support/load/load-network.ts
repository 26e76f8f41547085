import type { Claims } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import type { LoadClient } from './load-client.js';

/** One area with a zone, a station, a carrier, an enterprise, and drivers of both sides. */
export interface LoadArea {
  readonly areaCode: string;
  readonly zoneId: string;
  readonly stationCode: string;
  readonly carrierId: string;
  readonly enterpriseId: string;
  /** One for each worker: he brings its trucks. */
  readonly outsideDrivers: readonly string[];
  readonly relayDrivers: readonly string[];
}

export const administrator: Claims = { sub: 'load-administrator', role: 'administrator' };

const hour = 3_600_000;

/** Opens `count` areas over HTTP; each has so many workers' bays and outside drivers, and twice as many relay drivers. */
export async function openAreas(client: LoadClient, count: number, workers: number): Promise<LoadArea[]> {
  const areas: LoadArea[] = [];
  for (let index = 1; index <= count; index += 1) areas.push(await openArea(client, index, workers));
  return areas;
}

async function openArea(client: LoadClient, index: number, workers: number): Promise<LoadArea> {
  const names = Array.from({ length: workers }, (_, worker) => `${index}-${worker + 1}`);
  const area: LoadArea = {
    areaCode: `area-${index}`,
    zoneId: `zone-${index}`,
    stationCode: `station-${index}`,
    carrierId: `carrier-${index}`,
    enterpriseId: `enterprise-${index}`,
    outsideDrivers: names.map((name) => `outside-${name}`),
    relayDrivers: names.flatMap((name) => [`relay-${name}-a`, `relay-${name}-b`]),
  };
  const { areaCode, zoneId, stationCode, carrierId, enterpriseId } = area;
  const ask = (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => works(client, path, body);
  await ask('areas', { areaCode, name: areaCode });
  const { version } = await ask(`areas/${areaCode}/policies`, { policyId: 'cn-freight' });
  await ask('zones', {
    zoneId,
    areaCode,
    level: 'sealed',
    countyCodes: ['330782'],
    stationCodes: [stationCode],
    startsAt: toIso(Date.now() - hour),
    policy: { id: 'cn-freight', version },
  });
  await ask('stations', {
    stationCode,
    areaCode,
    countyCode: '330703',
    name: stationCode,
    location: { latitude: 29.1, longitude: 119.9 },
    bays: names.map((_, worker) => String(worker + 1)),
    zoneIds: [zoneId],
  });
  await ask('carriers', { carrierId, name: carrierId });
  await ask('enterprises', { enterpriseId, areaCode, zoneId, name: enterpriseId });
  await Promise.all([
    ...area.outsideDrivers.map((driverId) => enrol(client, driverId, { areaCode, insideZoneId: null, carrierId })),
    ...area.relayDrivers.map((driverId) => enrol(client, driverId, { areaCode, insideZoneId: zoneId })),
  ]);
  await startShifts(client, [area]);
  return area;
}

/** Lets every relay driver begin a shift of ten hours. */
export async function startShifts(client: LoadClient, areas: readonly LoadArea[]): Promise<void> {
  const endsAt = toIso(Date.now() + 10 * hour);
  for (const { relayDrivers, stationCode } of areas) {
    await Promise.all(relayDrivers.map((id) => works(client, `drivers/${id}/shift-start`, { stationCode, endsAt })));
  }
}

async function enrol(client: LoadClient, driverId: string, where: object): Promise<void> {
  await works(client, 'drivers', { driverId, licences: ['A2'], ...where });
  await works(client, `drivers/${driverId}/credentials`, {
    credential: 'professional_qualification',
    validFrom: toIso(Date.now() - 24 * hour),
    validUntil: toIso(Date.now() + 365 * 24 * hour),
    issuer: '330700',
  });
}

/** Asks for a change that has to work. @throws Error with the answer where it does not. */
export async function works(
  client: LoadClient,
  path: string,
  body: object = {},
  claims = administrator,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body: answer } = await client.post(claims, path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}
