import { toIso } from '@yizhan/kernel';
import type { StudyDay, StudyTruck } from '../days/study-day.js';
import type { Plan } from './relay-drivers.js';
import type { SimulatedArea } from './simulated-area.js';

/** Lets carriers tell of their trucks, where the day has them do so. */
export function announceTrucks(day: StudyDay, area: SimulatedArea, plan: Plan): void {
  for (const { visitId, announced, ...facts } of day.trucks) {
    if (!announced) continue;
    plan(`announce:${visitId}`, announced.at, (now) =>
      announce(day, area, { ...facts, visitId }, announced.expectedAt, now),
    );
  }
}

// oxlint-disable-next-line max-params
function announce(day: StudyDay, area: SimulatedArea, facts: StudyTruck, expectedAt: number, now: number): void {
  const { visitId, stationCode, carrierId, priority, consignments, truck } = facts;
  const place = { visitId, areaCode: day.areaCode, stationCode, zoneId: day.zone.id, flow: 'into_zone' } as const;
  const data = { ...place, truck, carrierId, expectedAt: toIso(expectedAt), priority, consignments };
  area.tell('visit.announced', `visit/${visitId}`, now, data, {
    visitId,
    carrierId,
    cause: `visit.announced:${visitId}`,
  });
}
