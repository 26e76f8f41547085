import type { YizhanEvent } from '@yizhan/contracts';
import { SeededIds, toIso } from '@yizhan/kernel';
import { Agenda, type Appointment } from '../../replay/people/agenda.js';
import { Chance } from '../../replay/people/chance.js';
import type { StudyDay } from '../days/study-day.js';
import type { Policy } from '../policies/policy.js';
import { announceTrucks } from './announce-trucks.js';
import { HandoffDesk } from './handoff-desk.js';
import { type Plan, RelayDrivers } from './relay-drivers.js';
import { earliest, type Look, SimulatedArea } from './simulated-area.js';
import type { SimulatedLog } from './simulated-log.js';
import { bayOf, Trucks } from './trucks.js';

export interface Simulation {
  readonly log: SimulatedLog;
  readonly events: readonly YizhanEvent[];
  /** How long each look took; part of no log. */
  readonly looks: readonly Look[];
}

export interface SimulationSettings {
  /** Told how far it is, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Milliseconds, for how long looks take. */
  readonly stopwatch?: () => number;
}

interface Act extends Appointment {
  readonly act: (now: number) => void;
}

/**
 * Plays a day on a log in memory: the world tells what happens, the scheduler's own fold makes the picture, the policy decides at each
 * instant at which something has happened or is due. No input or output, no clock but its own: the same day and policy give the same log.
 */
export function simulate(
  day: StudyDay,
  policy: Policy,
  { onProgress, stopwatch = () => performance.now() }: SimulationSettings = {},
): Simulation {
  const ids = new SeededIds(`study/${day.seed}`);
  const agenda = new Agenda<Act>();
  let planned = 0;
  const plan: Plan = (name, dueAt, act) => {
    planned += 1;
    const key = `${name}#${planned}`;
    agenda.plan({ key, slot: key, dueAt, act });
  };
  const area = new SimulatedArea(day.areaCode, policy, ids, stopwatch);
  const relay = new RelayDrivers(day, area, plan, (driver, now) => trucks.recalled(driver, now));
  const desk = new HandoffDesk(day, area, relay);
  const trucks = new Trucks({ day, area, desk, relay, chance: new Chance(day.seed), ids, plan });
  tellNetwork(day, area, desk);
  relay.begin(day.startsAt);
  trucks.begin();
  announceTrucks(day, area, plan);
  let now = day.startsAt;
  for (;;) {
    for (let due = agenda.take(now); due; due = agenda.take(now)) due.act(now);
    while (area.isDue(now)) {
      for (const proposal of area.look(now)) {
        const truck = desk.answer(proposal, now);
        if (truck) trucks.assigned(truck, now);
      }
    }
    onProgress?.((now - day.startsAt) / (day.endsAt - day.startsAt));
    const next = earliest(agenda.nextDueAt, area.lookAgainAt);
    if (next === undefined || next > day.endsAt) return { log: area.log, events: area.log.events, looks: area.looks };
    now = next;
  }
}

function tellNetwork(day: StudyDay, area: SimulatedArea, desk: HandoffDesk): void {
  const { startsAt: now, zone, stations, trucks, areaCode } = day;
  const cause = 'study';
  const { rules } = desk.pack;
  area.tell('policy.published', `policy/${desk.pack.id}`, now, { ...desk.policy, rules }, { cause });
  const zoneId = zone.id;
  const { level, countyCodes } = zone;
  const activated = { zoneId, level, countyCodes, stationCodes: stations.map(({ code }) => code) };
  area.tell(
    'zone.activated',
    `zone/${zoneId}`,
    now,
    { ...activated, startsAt: toIso(now), policy: desk.policy },
    { cause },
  );
  const bays = trucks.map((_truck, index) => bayOf(index));
  for (const { code: stationCode, countyCode, location } of stations) {
    const data = { stationCode, areaCode, countyCode, location, bays, zoneIds: [zoneId] };
    area.tell('station.opened', `station/${stationCode}`, now, data, { cause });
  }
}
