import type { Licence } from '@yizhan/contracts';
import { EnrolDriver } from '../../apps/station/src/drivers/enrol-driver.js';
import { GrantCredential } from '../../apps/station/src/drivers/grant-credential.js';
import { StartShift } from '../../apps/station/src/drivers/start-shift.js';
import { ActivateZone } from '../../apps/station/src/network/zones/activate-zone.js';
import { ShareZone } from '../../apps/station/src/network/zones/share-zone.js';
import { CreateArea } from '../../apps/station/src/network/areas/create-area.js';
import { OpenStation } from '../../apps/station/src/network/stations/open-station.js';
import { PublishPolicy } from '../../apps/station/src/network/areas/publish-policy.js';
import { RegisterCarrier } from '../../apps/station/src/network/carriers/register-carrier.js';
import { RegisterEnterprise } from '../../apps/station/src/network/enterprises/register-enterprise.js';
import type { RunningStation } from './start-station.js';

export const area = 'jinhua';
export const zone = 'yiwu';
export const jindong = 'JD';
export const pujiang = 'PJ';
export const carrier = 'carrier-1';
export const enterprise = 'enterprise-1';
export const policyRef = { id: 'cn-freight', version: '2026-11' };

const hour = 3_600_000;

/** One area with a zone, two stations of two bays, a carrier and an enterprise; no drivers. */
export async function openNetwork(station: RunningStation, policyId = policyRef.id): Promise<void> {
  const { get, request, clock } = station;
  await get(CreateArea).execute(request('area'), { areaCode: area, name: 'Jinhua' });
  const { version } = await get(PublishPolicy).execute(request('policy'), { areaCode: area, policyId });
  await get(ActivateZone).execute(request('zone'), {
    zoneId: zone,
    areaCode: area,
    level: 'sealed',
    countyCodes: ['330782'],
    stationCodes: [jindong, pujiang],
    startsAt: clock.now(),
    policy: { id: policyId, version },
  });
  for (const [stationCode, countyCode, latitude] of [
    [jindong, '330703', 29.1],
    [pujiang, '330726', 29.45],
  ] as const) {
    await get(OpenStation).execute(request(`station ${stationCode}`), {
      stationCode,
      areaCode: area,
      countyCode,
      name: stationCode,
      location: { latitude, longitude: 119.9 },
      bays: ['1', '2'],
      zoneIds: [zone],
    });
  }
  await get(RegisterCarrier).execute(request('carrier'), { carrierId: carrier, name: 'Carrier' });
  await get(RegisterEnterprise).execute(request('enterprise'), {
    enterpriseId: enterprise,
    areaCode: area,
    zoneId: zone,
    name: 'Enterprise',
  });
}

/** A relay driver with licence A2 and every credential, on shift at a station for `hours` (10 unless said otherwise). */
export async function relayDriver(
  station: RunningStation,
  driverId: string,
  { stationCode = jindong, hours = 10 }: { stationCode?: string; hours?: number } = {},
): Promise<void> {
  await enrol(station, driverId, { insideZoneId: zone });
  await station.get(StartShift).execute(station.request(`shift ${driverId}`), {
    driverId,
    stationCode,
    endsAt: station.clock.now() + hours * hour,
  });
}

/** A driver of the carrier from outside the zone. */
export async function outsideDriver(station: RunningStation, driverId: string): Promise<void> {
  await enrol(station, driverId, { insideZoneId: null, carrierId: carrier });
}

async function enrol(
  station: RunningStation,
  driverId: string,
  where: { insideZoneId: string | null; carrierId?: string },
): Promise<void> {
  const { get, request, clock } = station;
  const licences: Licence[] = ['A2'];
  await get(EnrolDriver).execute(request(`enrol ${driverId}`), { driverId, areaCode: area, licences, ...where });
  await get(GrantCredential).execute(request(`credential ${driverId}`), {
    driverId,
    credential: 'professional_qualification',
    validFrom: clock.now() - 24 * hour,
    validUntil: clock.now() + 365 * 24 * hour,
    issuer: 'Jinhua',
  });
}

export const otherArea = 'quzhou';
export const kaihua = 'KH';

/** A second area that serves the same zone, with one station of two bays. */
export async function openOtherArea(station: RunningStation): Promise<void> {
  const { get, request } = station;
  await get(CreateArea).execute(request('other area'), { areaCode: otherArea, name: 'Quzhou' });
  await get(OpenStation).execute(request(`station ${kaihua}`), {
    stationCode: kaihua,
    areaCode: otherArea,
    countyCode: '330824',
    name: kaihua,
    location: { latitude: 29.14, longitude: 118.41 },
    bays: ['1', '2'],
    zoneIds: [zone],
  });
  await get(ShareZone).execute(request('share zone'), { zoneId: zone, areaCode: otherArea });
}
