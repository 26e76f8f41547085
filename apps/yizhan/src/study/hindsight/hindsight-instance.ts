import { licenceCovers, policyPack } from '@yizhan/policy';
import { travelSeconds } from '../../../../scheduler/src/rules/reaches-in-time.js';
import { minute } from '../../replay/passages/local-time.js';
import { type StudyDay, type StudyTruck, weightOf } from '../days/study-day.js';

/** A truck as the optimum in hindsight sees it: whole minutes since the day began. */
export interface HindsightTruck {
  readonly readyAt: number;
  readonly weight: number;
  /** Numbers of the stations where it changes drivers on its way in, and to which it comes back. */
  readonly station: number;
  readonly returnStation: number;
  /** For how long it keeps a driver at the least, from his planned start until he is free again. */
  readonly busyFor: number;
}

/** Drivers who may take the same trucks at the same times. */
export interface DriverGroup {
  readonly from: number;
  /** The last minute in which a truck may be given to them, so that they are back before their shift ends. */
  readonly lastStart: number;
  /** By station, how many begin their shift there. */
  readonly drivers: readonly number[];
  /** Numbers of the trucks that their licence covers. */
  readonly trucks: readonly number[];
}

/** All that is known when the day is over. */
export interface HindsightInstance {
  readonly endsAt: number;
  /** Whole minutes from one station to another, by their numbers. */
  readonly travel: readonly (readonly number[])[];
  /** In the order in which they are ready. */
  readonly trucks: readonly HindsightTruck[];
  readonly groups: readonly DriverGroup[];
}

/**
 * The day as a problem for whoever knows all of it beforehand. Relaxed, so that no real plan is cheaper than its optimum: drivers may be sent
 * to a station before the truck is there, and as far as they like; all times are rounded down to minutes; rests on the way take none, hours
 * rules and recalls forbid nothing; nobody declines. Kept: stations and the way between them, where each truck comes back, licences,
 * shifts, the planned trip inside the shift, and for how long each truck keeps a driver at the least.
 */
export function hindsightOf(day: StudyDay, plannedTripMinutes: number): HindsightInstance {
  const { rules } = policyPack(day.policy);
  const due = day.trucks.filter(({ isTurnedAway }) => !isTurnedAway);
  const minuteOf = (instant: number): number => Math.floor((instant - day.startsAt) / minute);
  const codes = day.stations.map(({ code }) => code);
  const trucks = due
    .map((truck) => ({ truck, readyAt: minuteOf(truck.arrivesAt + truck.takes.checks) }))
    .filter(({ readyAt }) => readyAt <= minuteOf(day.endsAt))
    .toSorted((one, other) => one.readyAt - other.readyAt);
  const groups = groupsOf(day, codes, minuteOf).map(({ drivers, licence, from, to }) => ({
    from,
    lastStart: Math.min(to - Math.floor(plannedTripMinutes), minuteOf(day.endsAt)),
    drivers,
    trucks: trucks.flatMap(({ truck }, index) =>
      licenceCovers(rules, [licence], truck.truck.licenceRequired) ? [index] : [],
    ),
  }));
  return {
    endsAt: minuteOf(day.endsAt),
    travel: travelOf(day, codes),
    trucks: trucks.map(({ truck, readyAt }) => ({
      readyAt,
      weight: weightOf(truck),
      station: codes.indexOf(truck.stationCode),
      returnStation: codes.indexOf(truck.returnStationCode),
      busyFor: busyMinutes(truck),
    })),
    groups: groups.filter(({ from, lastStart }) => from <= lastStart),
  };
}

/** From the planned start until the truck is somebody else's again, if nothing but the truck itself takes time. */
export function busyMinutes({ takes, wait, stationCode, returnStationCode }: StudyTruck): number {
  const isBackAfter = takes.toBay + takes.swap + takes.depart + takes.roundTrip;
  const answer = Math.max(minute, takes.absence - takes.checksBack);
  const startsAfter = takes.checksBack + answer + takes.outsideComes;
  const isTakenOverAfter = startsAfter + takes.swapBack;
  // Whoever is not there in time, perhaps because he waited at the other station, finds it parked and its driver gone.
  const isThere = wait !== 'other_truck' && stationCode === returnStationCode && startsAfter < takes.park;
  return (isBackAfter + (isThere ? isTakenOverAfter : Math.min(isTakenOverAfter, takes.park))) / minute;
}

function travelOf({ policy, stations }: StudyDay, codes: readonly string[]): number[][] {
  const { rules } = policyPack(policy);
  const places = { stations: new Map(stations.map((station) => [station.code, station])) };
  return codes.map((from) => codes.map((to) => Math.floor(travelSeconds(places, rules, from, to) / 60)));
}

interface Shared {
  readonly licence: string;
  readonly from: number;
  readonly to: number;
  readonly drivers: number[];
}

function groupsOf(day: StudyDay, codes: readonly string[], minuteOf: (instant: number) => number): Shared[] {
  const groups = new Map<string, Shared>();
  for (const driver of day.drivers) {
    for (const shift of driver.shifts) {
      const [from, to] = [Math.max(0, minuteOf(shift.from)), minuteOf(shift.to)];
      const key = `${driver.licence}/${from}/${to}`;
      const group = groups.get(key) ?? { licence: driver.licence, from, to, drivers: codes.map(() => 0) };
      group.drivers[codes.indexOf(driver.stationCode)] += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
