import { toIso } from '@yizhan/kernel';

const hour = 3_600_000;

interface Places {
  readonly areaCode: string;
  readonly zoneId: string;
  readonly stationCode: string;
  readonly carrierId: string;
  readonly enterpriseId: string;
  readonly policy: { readonly id: string; readonly version: string };
}

/** What an office may ask for that goes through once, each with its path; `mark` keeps the ids of one round from those of another. */
export function officeRequests(mark: string, now: number, places: Places): (readonly [path: string, body: object])[] {
  const { areaCode, zoneId, stationCode, carrierId, enterpriseId, policy } = places;
  const [soon, later] = [toIso(now + hour), toIso(now + 9 * hour)];
  const location = { latitude: 29.1, longitude: 119.9 };
  const truck = { plateColour: 'yellow', licenceRequired: 'A2' };
  const planId = `plan-${mark}`;
  const template = {
    title: 'A plan',
    zone: { zoneId: `PZ${mark}`, level: 'sealed', countyCodes: ['330783'], policy },
    stations: [{ stationCode: `PS${mark}`, name: 'New', countyCode: '330783', location, bays: ['1'] }],
    pool: [{ driverId: `PR${mark}`, licences: ['A2'] }],
    enterprises: [{ enterpriseId: `PE${mark}`, name: 'One', priority: 4 }],
    duties: [],
  };
  const driver = `R${mark}-2`;
  const party = { kind: 'driver', id: `O${mark}1` };
  return [
    ['areas', { areaCode: `A${mark}`, name: 'Area' }],
    ['carriers', { carrierId: `NC${mark}`, name: 'Carrier' }],
    ['enterprises', { enterpriseId: `NE${mark}`, areaCode, zoneId, name: 'Enterprise' }],
    [`enterprises/${enterpriseId}/readiness`, { readiness: 'ready' }],
    ['stations', { ...template.stations[0], stationCode: `NS${mark}`, areaCode, zoneIds: [zoneId] }],
    [`stations/${stationCode}/bays`, { add: ['B9'], close: [] }],
    [`zones/${zoneId}/places`, { placeId: `P${mark}`, name: 'Market', location, enterpriseId }],
    ['drivers', { driverId: `ND${mark}`, areaCode, insideZoneId: null, licences: ['A2'] }],
    [`drivers/${driver}/details`, { licences: ['A1', 'A2'] }],
    [`drivers/${driver}/side`, { insideZoneId: zoneId }],
    [`drivers/${driver}/rests`, { startedAt: toIso(now - 30 * hour), endedAt: toIso(now - 20 * hour) }],
    [`drivers/R${mark}-3/credential-recalls`, { credential: 'professional_qualification', reason: 'contact' }],
    ['credential-recalls', { credential: 'health', issuer: `Clinic${mark}`, reason: 'faulty' }],
    ['trucks', { plate: `NT${mark}`, ...truck, areaCode, baseZoneId: null }],
    [
      `trucks/G${mark}1/custody`,
      { from: party, to: { kind: 'station', id: stationCode }, place: stationCode, reason: 'parked', items: [] },
    ],
    [
      'passes',
      { areaCode, countyCode: '330782', plate: `G${mark}2`, route: 'east', driverIds: [], poolAreaCode: areaCode },
    ],
    ['consents', { scope: 'lane', areaCode, flow: 'into_zone', stationCode }],
    [`personal-data/driver:R${mark}`, { name: '王', phone: '13800138000', identityNumber: '11010519491231002X' }],
    [`personal-data/driver:O${mark}6/erasure`, { reason: 'asked' }],
    ['intakes', { stationCode, plate: `NI${mark}`, phone: `139${mark.padStart(8, '0')}`, carrierPhone: '13900139000' }],
    ['plans', { planId, areaCode, template }],
    [`plans/${planId}/activation`, {}],
    [`plans/${planId}/ending`, { reason: 'over' }],
    ['duties', { stationCode, role: 'driver', personId: driver, startsAt: soon, endsAt: later }],
    ['accounts', { accountId: `shift_lead:n${mark}`, role: 'shift_lead', stations: [stationCode] }],
    [`accounts/operator:o${mark}/password`, { password: 'correct horse battery' }],
    [`accounts/operator:o${mark}/pin`, { pin: '407193' }],
    ['sessions', { accountId: `operator:o${mark}`, password: 'correct horse battery' }],
    [
      'api-keys',
      { owner: `gate-${mark}`, role: 'carrier', access: 'read', carrierId, expiresAt: toIso(now + 99 * hour) },
    ],
    ['driver-links', { driverId: driver }],
    ['report-templates/reset', { report: 'daily', lang: 'zh' }],
  ];
}
