import type { Party } from '@yizhan/contracts';
import { conflict, invalid, notFound, notNow } from '../cases/problems.js';
import type { CustodyCase } from './load-custody.js';
import type { MoveCustodyInput } from './custody-move.js';
import { isSameParty, notTheCustodian } from './truck.js';

/** Whether the truck may change hands like that. @throws Problem. */
export function assertMovable(custody: CustodyCase, input: MoveCustodyInput): void {
  const { plate, from, to } = input;
  if (isSameParty(from, to))
    throw invalid('CUSTODY.SAME_PARTY', `${to.kind} ${to.id} can not take the truck from itself`);
  if (!custody.toIsKnown) throw unknownParty(to);
  if (!custody.fromIsKnown) throw unknownParty(from);
  assertGiver(custody, input);
  assertTaker(custody, input);
  const { atStation } = custody;
  if (!atStation) return;
  if (atStation.handoff?.state === 'started') {
    throw notNow(atStation, 'HANDOFF.UNDER_WAY', 'a handoff has started: complete or abort it first');
  }
  if (to.kind === 'station' && to.id !== atStation.visit.stationCode) {
    throw conflict(
      'CUSTODY.OTHER_STATION',
      `truck ${plate} is at station ${atStation.visit.stationCode}, not at ${to.id}`,
      {
        stationCode: atStation.visit.stationCode,
      },
    );
  }
}

/** Only its custodian gives a truck away; an untracked one comes from an enterprise in the zone. */
function assertGiver({ truck }: CustodyCase, { plate, from, truck: facts, to }: MoveCustodyInput): void {
  if (truck?.custodian) {
    if (!isSameParty(truck.custodian, from)) throw notTheCustodian(truck, from);
    return;
  }
  if (!truck && facts?.plate !== plate) {
    throw notFound('TRUCK.NOT_FOUND', `truck ${plate} is not known: say what it is`, { plate });
  }
  if (from.kind !== 'enterprise' || to.kind !== 'driver') {
    throw notTheCustodian({ plate, custodian: null }, from);
  }
}

/** A driver answers for one truck, and has no hands free in a bay. */
function assertTaker({ taker, truck }: CustodyCase, { to, plate }: MoveCustodyInput): void {
  if (!taker) return;
  if (taker.holdsPlate !== undefined && taker.holdsPlate !== plate) {
    throw conflict('DRIVER.HOLDS_ANOTHER_TRUCK', `driver ${to.id} still answers for truck ${taker.holdsPlate}`, {
      driverId: to.id,
      plate: taker.holdsPlate,
    });
  }
  if (taker.liveHandoff?.state === 'started') {
    throw conflict('DRIVER.IN_A_BAY', `driver ${to.id} is taking over another truck in a bay`, { driverId: to.id });
  }
  if (!truck?.custodian && taker.facts.insideZoneId === null) {
    throw conflict('DRIVER.ON_THE_OTHER_SIDE', `the truck is in the zone and driver ${to.id} is outside`, {
      driverId: to.id,
    });
  }
}

function unknownParty({ kind, id }: Party) {
  return notFound(`${kind.toUpperCase()}.NOT_FOUND`, `there is no ${kind} ${id}`, { [`${kind}Id`]: id });
}
