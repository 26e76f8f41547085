import type { Scenario } from '../../scenario/scenario.js';
import { minute } from '../../replay/passages/local-time.js';
import type { Passage } from '../../replay/passages/passage.js';
import type { Chance } from '../../replay/people/chance.js';
import { type Trip, TripMaker } from '../../replay/people/trip.js';
import type { Ids } from '@yizhan/kernel';
import type { StudyTimes, StudyTruck } from './study-day.js';

/** Makes up a truck for every passage, as a replay of the same seed does: plates, stations, carriers and priorities are its. */
export function makeTrucks(scenario: Scenario, passages: readonly Passage[], chance: Chance, ids: Ids): StudyTruck[] {
  return new TripMaker(scenario, chance, ids).makeAll(passages).map((trip) => ({
    key: trip.passage.key,
    visitId: trip.visitId,
    returnVisitId: trip.returnVisitId,
    truck: trip.truck,
    carrierId: trip.carrierId,
    stationCode: trip.stationCode,
    returnStationCode: trip.returnStationCode,
    priority: trip.priority,
    consignments: trip.consignments,
    backLoad: trip.backLoad,
    outsideDriverId: trip.outsideDriverId,
    otherDriverId: trip.otherDriverId,
    wait: trip.wait,
    arrivesAt: Math.ceil(trip.passage.at / minute) * minute,
    isTurnedAway: isTurnedAway(scenario, trip, chance),
    takes: timesOf(scenario, trip, chance),
  }));
}

/** It fails twice; who fails once is checked again and is only later. */
function isTurnedAway({ rates }: Scenario, { visitId }: Trip, chance: Chance): boolean {
  return chance.happens(rates.checkFails * rates.checkFailsAgain, `${visitId}/turned-away`);
}

function timesOf({ durations, rates }: Scenario, trip: Trip, chance: Chance): StudyTimes {
  const { visitId, wait, isDriverAbsent } = trip;
  const minutes = (name: keyof typeof durations, question: string): number =>
    Math.max(minute, Math.ceil(chance.duration(durations[name], `${visitId}/${question}`) / minute) * minute);
  const checksAgain = chance.happens(rates.checkFails, `${visitId}/check-fails/0`)
    ? minutes('checksAgain', 'check/1')
    : 0;
  return {
    checks: minutes('checks', 'check/0') + checksAgain,
    answer: minutes('accept', 'accept'),
    toBay: minutes('travelToBay', 'comes') + minutes('intoBay', 'into-bay'),
    swap: minutes('swap', 'swap'),
    depart: minutes('departAfterRelease', 'depart'),
    roundTrip: minutes('roundTrip', 'round-trip'),
    checksBack: minutes('checks', 'check-back'),
    outsideComes: minutes(wait === 'station' ? 'travelToBay' : 'comeBack', 'outside-comes'),
    swapBack: minutes('swap', 'swap-back'),
    departBack: minutes('departAfterRelease', 'depart-back'),
    park: minutes('parkAfter', 'park'),
    absence: isDriverAbsent ? minutes('absence', 'absence') : 0,
    nameAnother: wait === 'other_truck' ? minutes('nameAnother', 'name-another') : 0,
  };
}
