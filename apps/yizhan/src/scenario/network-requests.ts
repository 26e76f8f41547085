import { policyPack } from '@yizhan/policy';
import type { Asked } from '../replay/people/steps.js';
import type { RelayDriverGroup, Scenario } from './scenario.js';

/** A relay driver of the scenario's pool; made up. */
export interface RelayDriver {
  readonly driverId: string;
  readonly group: RelayDriverGroup;
}

/** A request that sets the scenario up, named so that it is carried out once. */
export type SetUp = Asked & { readonly key: string };

const aYear = 365 * 86_400_000;

/** Every relay driver by name, in the order of the groups. */
export function relayDriversOf(scenario: Scenario): RelayDriver[] {
  return scenario.relayDrivers
    .flatMap((group) => Array.from({ length: group.count }, () => group))
    .map((group, index) => ({ driverId: `relay-${String(index + 1).padStart(4, '0')}`, group }));
}

/** Bay codes of a station: `B01`, `B02` … */
export function baysOf({ bays }: { readonly bays: number }): string[] {
  return Array.from({ length: bays }, (_, index) => `B${String(index + 1).padStart(2, '0')}`);
}

/** What a driver with that licence has to hold, and the requests that grant it from a month before `at` for a year. */
export function credentialRequests(scenario: Scenario, driverId: string, licence: string, at: number): SetUp[] {
  if (licence === 'C1') return [];
  return policyPack(scenario.policy).rules.credentials.map(({ credential }) => ({
    key: `grant:${driverId}:${credential}`,
    step: 'grantCredential',
    input: { driverId, credential, validFrom: at - aYear / 12, validUntil: at + aYear, issuer: 'scenario' },
  }));
}

/** Everything that is there before the first truck: area, rules, zones, stations, carriers, enterprises and relay drivers, in order. */
export function networkRequests(scenario: Scenario, at: number): SetUp[] {
  const areaCode = scenario.area.code;
  const { id: policyId, version } = policyPack(scenario.policy);
  return [
    { key: 'area', step: 'createArea', input: { areaCode, name: scenario.area.name } },
    { key: 'policy', step: 'publishPolicy', input: { areaCode, policyId } },
    ...scenario.zones.map(({ id, level, countyCodes, stations }): SetUp => ({
      key: `zone:${id}`,
      step: 'activateZone',
      input: {
        zoneId: id,
        areaCode,
        level,
        countyCodes,
        stationCodes: stations,
        startsAt: at,
        policy: { id: policyId, version },
      },
    })),
    ...scenario.stations.map((station): SetUp => ({
      key: `station:${station.code}`,
      step: 'openStation',
      input: {
        stationCode: station.code,
        areaCode,
        countyCode: station.countyCode,
        name: station.name,
        location: station.location,
        bays: baysOf(station),
        zoneIds: scenario.zones.filter(({ stations }) => stations.includes(station.code)).map(({ id }) => id),
      },
    })),
    ...scenario.carriers.map(({ id, name }): SetUp => ({
      key: `carrier:${id}`,
      step: 'registerCarrier',
      input: { carrierId: id, name },
    })),
    ...scenario.enterprises.map(({ id, name, zone, priority }): SetUp => ({
      key: `enterprise:${id}`,
      step: 'registerEnterprise',
      input: { enterpriseId: id, areaCode, zoneId: zone, name, priority },
    })),
    ...relayDriversOf(scenario).flatMap((driver) => relayDriverRequests(scenario, driver, at)),
  ];
}

function relayDriverRequests(scenario: Scenario, { driverId, group }: RelayDriver, at: number): SetUp[] {
  const input = {
    driverId,
    areaCode: scenario.area.code,
    insideZoneId: group.zone,
    licences: [group.licence],
    homeStationCode: group.station,
  };
  return [
    { key: `enrol:${driverId}`, step: 'enrolDriver', input },
    ...credentialRequests(scenario, driverId, group.licence, at),
  ];
}
