import { SeededIds } from '@yizhan/kernel';
import { relayDriversOf } from '../../scenario/network-requests.js';
import type { Scenario } from '../../scenario/scenario.js';
import { hour, localMidnight } from '../../replay/passages/local-time.js';
import type { Passage } from '../../replay/passages/passage.js';
import { Chance } from '../../replay/people/chance.js';
import { makeTrucks } from './make-trucks.js';
import { shiftsOf, zoneOf } from './simulated-day.js';
import { faithful, type StudyDay, type StudyDriver, type StudyRates } from './study-day.js';

/** So long after the last passage the shifts go on and trucks may still get a driver. */
const goesOnFor = 6 * hour;

export interface RealDayChoice {
  readonly name: string;
  readonly seed: string;
  /** Percent of the scenario's relay drivers who are there. */
  readonly driversPercent: number;
  readonly rates?: StudyRates;
}

/** Real passages as trucks, in order of time, with the drivers of the scenario; what is made up is that of a replay with the same seed. */
export function realDay(
  scenario: Scenario,
  passages: readonly Passage[],
  { name, seed, driversPercent, rates = faithful }: RealDayChoice,
): StudyDay {
  const [first, last] = [passages.at(0), passages.at(-1)];
  if (!first || !last) throw new RangeError('there are no passages to study');
  const startsAt = localMidnight(first.at, scenario.utcOffsetMinutes);
  const endsAt = last.at - (last.at % hour) + hour + goesOnFor;
  return {
    name,
    seed,
    areaCode: scenario.area.code,
    zone: zoneOf(scenario),
    policy: scenario.policy,
    stations: scenario.stations,
    trucks: makeTrucks(scenario, passages, new Chance(seed), new SeededIds(seed)),
    drivers: driversOf(scenario, driversPercent / 100, startsAt, endsAt),
    rates,
    startsAt,
    endsAt,
  };
}

/** Every n-th of the roster is away, so that each group loses its share. */
function driversOf(scenario: Scenario, share: number, startsAt: number, endsAt: number): StudyDriver[] {
  return relayDriversOf(scenario)
    .filter((_driver, index) => Math.floor((index + 1) * share) > Math.floor(index * share))
    .map(({ driverId, group }) => ({
      driverId,
      licence: group.licence,
      stationCode: group.station,
      shifts: shiftsOf(group, startsAt, endsAt),
    }));
}
