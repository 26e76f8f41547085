import { policyPack, policyPackIds } from '@yizhan/policy';
import type { FieldFault } from './file-faults.js';
import type { Distribution, RelayDriverGroup, Scenario, ScenarioDurations } from './scenario.js';

/** What no schema can say: names that lead nowhere, and worlds in which a truck could never get a driver. */
export function faultsOf(scenario: Scenario): FieldFault[] {
  return [
    ...unknownPolicy(scenario),
    ...doubledNames(scenario),
    ...badStations(scenario),
    ...badZones(scenario),
    ...badGates(scenario),
    ...badPeople(scenario),
    ...badDurations(scenario.durations),
    ...badRates(scenario),
    ...licencesWithoutDriver(scenario),
  ];
}

/** A driver has to be home before his shift ends, and a truck is taken to be away for so long. */
const usualTripHours = 2;

/** Works, but hardly as meant: hours of the day without a relay driver on shift, shifts that are too short for a trip. */
export function warningsOf(scenario: Scenario): FieldFault[] {
  return [...bareHours(scenario), ...shortShifts(scenario)];
}

function shortShifts({ relayDrivers }: Scenario): FieldFault[] {
  return relayDrivers.flatMap(({ shift }, index) => {
    if (shift.hours > usualTripHours) return [];
    const why = `a shift of ${shift.hours} h takes no truck: a trip is planned with ${usualTripHours} h, and ends before the shift does`;
    return [{ field: `relayDrivers[${index}].shift.hours`, why }];
  });
}

function bareHours(scenario: Scenario): FieldFault[] {
  return scenario.zones.flatMap(({ id }) => {
    const groups = scenario.relayDrivers.filter((group) => group.zone === id);
    const bare = [...Array(24).keys()].filter((hour) => !groups.some((group) => isOnShift(group, hour * 60)));
    if (bare.length === 0) return [];
    const hours = bare.map((hour) => `${String(hour).padStart(2, '0')}:00`).join(', ');
    return [{ field: 'relayDrivers', why: `no driver of zone "${id}" is on shift at ${hours}: trucks will wait` }];
  });
}

/** Whether the group's daily shift covers that minute of the local day. */
export function isOnShift(group: RelayDriverGroup, minuteOfDay: number): boolean {
  const since = (minuteOfDay - minutesOf(group.shift.from) + 1440) % 1440;
  return since < group.shift.hours * 60;
}

/** `06:30` → 390. */
export function minutesOf(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));
}

function unknownPolicy({ policy }: Scenario): FieldFault[] {
  if (policyPackIds.includes(policy)) return [];
  return [{ field: 'policy', why: `there is no policy pack "${policy}"; there are ${policyPackIds.join(', ')}` }];
}

function doubledNames(scenario: Scenario): FieldFault[] {
  const lists: [list: string, key: string, names: string[]][] = [
    ['zones', 'id', scenario.zones.map(({ id }) => id)],
    ['stations', 'code', scenario.stations.map((station) => station.code)],
    ['gates', 'tollgate', scenario.gates.map(({ tollgate }) => tollgate)],
    ['vehicles', 'model', scenario.vehicles.map(({ model }) => model)],
    ['carriers', 'id', scenario.carriers.map(({ id }) => id)],
    ['enterprises', 'id', scenario.enterprises.map(({ id }) => id)],
  ];
  return lists.flatMap(([list, key, names]) =>
    names.flatMap((name, index) =>
      names.indexOf(name) === index ? [] : [{ field: `${list}[${index}].${key}`, why: `"${name}" is there twice` }],
    ),
  );
}

function badStations({ stations, zones }: Scenario): FieldFault[] {
  return stations.flatMap(({ code, bays }, index) => [
    ...(bays > 0
      ? []
      : [{ field: `stations[${index}].bays`, why: `station "${code}" has no bay: no driver can be swapped there` }]),
    ...(zones.some((zone) => zone.stations.includes(code))
      ? []
      : [{ field: `stations[${index}].code`, why: `station "${code}" serves no zone` }]),
  ]);
}

function badZones({ zones, stations }: Scenario): FieldFault[] {
  return zones.flatMap((zone, index) =>
    zone.stations.flatMap((code, at) =>
      stations.some((station) => station.code === code)
        ? []
        : [{ field: `zones[${index}].stations[${at}]`, why: unknown('station', code) }],
    ),
  );
}

function badGates({ gates, zones }: Scenario): FieldFault[] {
  return gates.flatMap((gate, index) => {
    const zone = zones.find(({ id }) => id === gate.zone);
    if (!zone) return [{ field: `gates[${index}].zone`, why: unknown('zone', gate.zone) }];
    return gate.stations.flatMap(({ code }, at) =>
      zone.stations.includes(code)
        ? []
        : [{ field: `gates[${index}].stations[${at}].code`, why: `zone "${zone.id}" has no station "${code}"` }],
    );
  });
}

function badPeople({ relayDrivers, enterprises, zones }: Scenario): FieldFault[] {
  const drivers = relayDrivers.flatMap((group, index) => {
    const zone = zones.find(({ id }) => id === group.zone);
    if (!zone) return [{ field: `relayDrivers[${index}].zone`, why: unknown('zone', group.zone) }];
    if (zone.stations.includes(group.station)) return [];
    return [{ field: `relayDrivers[${index}].station`, why: `zone "${zone.id}" has no station "${group.station}"` }];
  });
  const strays = enterprises.flatMap(({ zone }, index) =>
    zones.some(({ id }) => id === zone) ? [] : [{ field: `enterprises[${index}].zone`, why: unknown('zone', zone) }],
  );
  const served = new Set(enterprises.map(({ zone }) => zone));
  const empty = zones.flatMap(({ id }, index) =>
    served.has(id)
      ? []
      : [{ field: `zones[${index}].id`, why: `zone "${id}" has no enterprise: no truck has anywhere to go` }],
  );
  return [...drivers, ...strays, ...empty];
}

function badDurations(durations: ScenarioDurations): FieldFault[] {
  return Object.entries(durations).flatMap(([name, distribution]: [string, Distribution]) => {
    const why = disorderOf(distribution);
    return why === undefined ? [] : [{ field: `durations.${name}`, why }];
  });
}

function disorderOf(distribution: Distribution): string | undefined {
  switch (distribution.kind) {
    case 'fixed':
      return undefined;
    case 'triangular': {
      const { minSeconds, modeSeconds, maxSeconds } = distribution;
      return minSeconds <= modeSeconds && modeSeconds <= maxSeconds
        ? undefined
        : 'needs minSeconds ≤ modeSeconds ≤ maxSeconds';
    }
    case 'lognormal': {
      const { medianSeconds, p95Seconds, maxSeconds } = distribution;
      return medianSeconds <= p95Seconds && p95Seconds <= maxSeconds
        ? undefined
        : 'needs medianSeconds ≤ p95Seconds ≤ maxSeconds';
    }
    default:
      return distribution satisfies never;
  }
}

function badRates({ rates }: Scenario): FieldFault[] {
  const sum = rates.waits + rates.goesAway + rates.takesOtherTruck;
  const sums = Math.abs(sum - 1) < 1e-6;
  const declines = rates.decline + rates.silent + rates.noShow;
  return [
    ...(sums ? [] : [{ field: 'rates.waits', why: `waits, goesAway and takesOtherTruck add up to ${sum}, not to 1` }]),
    ...(declines < 1 ? [] : [{ field: 'rates.decline', why: 'decline, silent and noShow leave nobody who comes' }]),
  ];
}

/** A truck of every gate must find a relay driver of the gate's zone, and of the right licence. */
function licencesWithoutDriver(scenario: Scenario): FieldFault[] {
  if (unknownPolicy(scenario).length > 0) return [];
  const { licenceCovers } = policyPack(scenario.policy).rules;
  const zones = scenario.zones.filter(({ id }) => scenario.gates.some(({ zone }) => zone === id)).map(({ id }) => id);
  return scenario.vehicles.flatMap(({ model, licence }, index) =>
    zones.flatMap((zone) => {
      const groups = scenario.relayDrivers.filter((group) => group.zone === zone);
      if (groups.some((group) => licenceCovers[group.licence]?.includes(licence))) return [];
      const why = `vehicle model ${model} needs licence ${licence}, and no relay driver of zone "${zone}" has one that covers it`;
      return [{ field: `vehicles[${index}].licence`, why }];
    }),
  );
}

const unknown = (what: string, name: string): string => `there is no ${what} "${name}" in this scenario`;
