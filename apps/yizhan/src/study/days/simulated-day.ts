import { SeededIds } from '@yizhan/kernel';
import { minutesOf } from '../../scenario/check-scenario.js';
import type { RelayDriverGroup, Scenario } from '../../scenario/scenario.js';
import { yiwu } from '../../scenario/yiwu.js';
import { day, hour, minute } from '../../replay/passages/local-time.js';
import type { Passage } from '../../replay/passages/passage.js';
import { Chance } from '../../replay/people/chance.js';
import { makeTrucks } from './make-trucks.js';
import type { StudyDay, StudyDriver, StudyRates, StudyShift } from './study-day.js';

/** Cargo vehicles per hour of the local day, counted at three motorway gates over a week of October 2016. */
const byHour = [
  725, 90, 128, 229, 303, 542, 737, 650, 653, 836, 814, 776, 851, 814, 738, 648, 493, 391, 342, 299, 259, 192, 204, 144,
];

/** Of the trucks, so many come close behind another: the gaps of that week vary more than by chance alone. */
const inConvoy = 0.3;

/** Local midnight of a Wednesday. */
const midnight = Date.parse('2026-03-03T16:00:00.000Z');

/** How a made-up day differs from the usual one. */
export interface DayChoice {
  readonly trucks?: number;
  readonly drivers?: number;
  readonly policy?: string;
  readonly rates?: StudyRates;
  /** Share of the drivers whose qualification is recalled some time in the day. */
  readonly recalls?: number;
}

export const disturbed: StudyRates = { decline: 0.1, silent: 0.02, noShow: 0.03 };

/** A day of a small area, made up from its seed: 40 to 110 trucks, and more or less drivers than they need. */
export function simulatedDay(seed: string, choice: DayChoice = {}): StudyDay {
  const chance = new Chance(`simulated/${seed}`);
  const trucks = choice.trucks ?? 40 + chance.whole(71, 'trucks');
  const drivers = choice.drivers ?? Math.ceil(trucks * (0.3 + 0.6 * chance.draw('drivers-per-truck')));
  const policies = ['cn-freight', 'cn-strict'];
  const policy = choice.policy ?? chance.pick(policies, () => 1, 'policy');
  const recalls = choice.recalls ?? 0.05;
  return {
    name: `simulated day ${seed}`,
    seed: `simulated/${seed}`,
    areaCode: yiwu.area.code,
    zone: zoneOf(yiwu),
    policy,
    stations: yiwu.stations,
    trucks: makeTrucks(yiwu, passagesOf(trucks, chance), chance, new SeededIds(`simulated/${seed}`)),
    drivers: Array.from({ length: drivers }, (_, index) => driverOf(index, chance, recalls)),
    rates: choice.rates ?? disturbed,
    startsAt: midnight,
    endsAt: midnight + day + 14 * hour,
  };
}

export function zoneOf({ zones }: Scenario): StudyDay['zone'] {
  const [zone] = zones;
  if (!zone) throw new RangeError('the scenario has no zone');
  return zone;
}

/** The shifts of a group that touch the time from `from` to `to`, which begins at a local midnight. */
export function shiftsOf({ shift }: RelayDriverGroup, from: number, to: number): StudyShift[] {
  const shifts: StudyShift[] = [];
  for (let at = from - day + minutesOf(shift.from) * minute; at < to; at += day) {
    if (at + shift.hours * hour > from) shifts.push({ from: at, to: at + shift.hours * hour });
  }
  return shifts;
}

function passagesOf(count: number, chance: Chance): Passage[] {
  const passages: Passage[] = [];
  let before = midnight;
  for (let index = 0; index < count; index += 1) {
    const isInConvoy = chance.happens(inConvoy, `convoy/${index}`) && index > 0;
    const hours = chance.pick([...byHour.keys()], (at) => byHour[at] ?? 0, `hour/${index}`);
    const at = isInConvoy
      ? before + chance.whole(120, `close/${index}`) * 1_000
      : midnight + hours * hour + chance.whole(3_600, `second/${index}`) * 1_000;
    before = at;
    passages.push({
      key: `truck-${String(index).padStart(4, '0')}`,
      at,
      tollgate: chance.pick(yiwu.gates, () => 1, `gate/${index}`).tollgate,
      vehicleModel: chance.pick(yiwu.vehicles, () => 1, `model/${index}`).model,
    });
  }
  return passages.toSorted((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
}

function driverOf(index: number, chance: Chance, recalls: number): StudyDriver {
  const group = chance.pick(yiwu.relayDrivers, ({ count }) => count, `group/${index}`);
  const { licence, station } = group;
  const isRecalled = licence !== 'C1' && chance.happens(recalls, `recalled/${index}`);
  return {
    driverId: `relay-${String(index + 1).padStart(4, '0')}`,
    licence,
    stationCode: station,
    shifts: shiftsOf(group, midnight, midnight + day),
    ...(isRecalled ? { recalledAt: midnight + chance.whole(1_440, `recalled-at/${index}`) * minute } : {}),
  };
}
