import { toIso } from '@yizhan/kernel';
import { CompleteHandoff } from '../../apps/station/src/handoffs/complete-handoff.js';
import { GiveConsent } from '../../apps/station/src/consents/give-consent.js';
import { StartHandoff } from '../../apps/station/src/handoffs/start-handoff.js';
import { IssuePass } from '../../apps/station/src/passes/issue-pass.js';
import { RegisterCarrier } from '../../apps/station/src/network/carriers/register-carrier.js';
import { AnnounceVisit } from '../../apps/station/src/visits/announce-visit.js';
import { RegisterArrival } from '../../apps/station/src/visits/register-arrival.js';
import { EnrolDriver } from '../../apps/station/src/drivers/enrol-driver.js';
import { area, jindong, relayDriver } from './network.js';
import { arrivalOf, completionOf, idOf, Relay } from './relay.js';
import type { RunningStation } from './start-station.js';

/** A carrier all of whose data bear its mark, and what it has at the station. */
export interface MarkedCarrier {
  readonly mark: string;
  readonly carrierId: string;
  readonly plate: string;
  readonly announcedPlate: string;
  readonly visitId: string;
  readonly handoffId: string;
  readonly runId: string;
  readonly passId: string;
  readonly consentId: string;
}

/** Every mark in a text; lower case. */
export const marksIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/mark\d\d/gi)].map(([mark]) => mark.toLowerCase()));

/** `mark00` and so on: each with a truck that has been through a station and is on its run, a pass, and one that is announced. */
export async function openMarkedCarriers(station: RunningStation, count: number): Promise<MarkedCarrier[]> {
  const carriers: MarkedCarrier[] = [];
  const relay = new Relay(station);
  for (let index = 0; index < count; index += 1) carriers.push(await markedCarrier(station, relay, index));
  return carriers;
}

async function markedCarrier(station: RunningStation, relay: Relay, index: number): Promise<MarkedCarrier> {
  const { get } = station;
  const mark = `mark${String(index).padStart(2, '0')}`;
  const carrierId = `${mark}-carrier`;
  const [driverId, relayId, plate] = [`${mark}-driver`, `${mark}-relay`, `${mark}-A`];
  const [visit, announced] = [`visit of ${mark}`, `announced of ${mark}`];
  await get(RegisterCarrier).execute(station.request(`${mark} carrier`), { carrierId, name: `${mark} Logistics` });
  const outside = { driverId, areaCode: area, licences: ['A2' as const], insideZoneId: null, carrierId };
  await get(EnrolDriver).execute(station.request(`${mark} driver`), outside);
  await relayDriver(station, relayId);
  const goods = (id: string) => [
    {
      id: `${mark}-${id}`,
      enterpriseId: 'enterprise-1',
      category: 'parts',
      waybillNo: `${mark}-W-${id}`,
      outboundNo: `${mark}-O-${id}`,
    },
  ];
  const arrival = { ...arrivalOf(visit, plate, driverId, 'into_zone', jindong), carrierId, consignments: goods('in') };
  await get(RegisterArrival).execute(station.request(`${mark} arrival`), arrival);
  const pass = await get(IssuePass).execute(station.request(`${mark} pass`), {
    areaCode: area,
    countyCode: '330782',
    plate,
    route: `${mark} road`,
    driverIds: [driverId, relayId],
  });
  const onlyTruck = { carrierId, areaCode: area, scope: 'truck' as const, plate };
  const consent = await get(GiveConsent).execute(station.request(`${mark} consent`), onlyTruck);
  await relay.ready(visit, relayId);
  const handoffId = await relay.handoffOf(visit);
  const authorisation = { carrierId, by: `${mark}-dispatcher`, at: toIso(station.clock.now()) };
  await get(StartHandoff).execute(station.request(`${mark} start`), { handoffId, bayCode: '1', authorisation });
  const completion = completionOf(driverId, relayId, station.clock.now());
  await get(CompleteHandoff).execute(station.request(`${mark} completion`), { handoffId, ...completion });
  const runId = idOf(`run of ${mark}`);
  await relay.depart(visit, { runId });
  const coming = arrivalOf(announced, `${mark}-B`, driverId, 'into_zone', jindong);
  await get(AnnounceVisit).execute(station.request(`${mark} announcement`), {
    visitId: coming.visitId,
    stationCode: coming.stationCode,
    zoneId: coming.zoneId,
    flow: coming.flow,
    truck: coming.truck,
    carrierId,
    consignments: goods('to-come'),
    expectedAt: station.clock.now(),
  });
  return {
    mark,
    carrierId,
    plate,
    announcedPlate: `${mark}-B`,
    visitId: idOf(visit),
    handoffId,
    runId,
    passId: pass.passId,
    consentId: consent.consentId,
  };
}
