import type { Party } from '@yizhan/contracts';
import { conflict, invalid, notFound, notNow } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';
import type { CustodyCase } from './load-custody.js';
import type { MoveCustodyInput } from './custody-move.js';
import { holdsAnother, isSameParty, notTheCustodian } from './truck.js';

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
  assertSameSide(custody, atStation, to.id);
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
function assertGiver({ truck, wentOut }: CustodyCase, input: MoveCustodyInput): void {
  const { plate, from, truck: facts, to, asks } = input;
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
  if (wentOut && asks === 'enterprise') {
    const message = `truck ${plate} was last seen leaving the zone: an operator has to say that it is inside`;
    throw conflict('TRUCK.LEFT_THE_ZONE', message, { plate });
  }
}

/** A driver answers for one truck, and has no hands free in a bay. */
function assertTaker({ taker, truck, fromZoneId }: CustodyCase, { to, from, plate }: MoveCustodyInput): void {
  if (!taker) return;
  if (taker.holdsPlate !== undefined && taker.holdsPlate !== plate) throw holdsAnother(to.id, taker.holdsPlate);
  if (taker.liveHandoff?.state === 'started') {
    throw conflict('DRIVER.IN_A_BAY', `driver ${to.id} is taking over another truck in a bay`, { driverId: to.id });
  }
  const { insideZoneId } = taker.facts;
  if (truck?.custodian || (insideZoneId !== null && insideZoneId === fromZoneId)) return;
  const lives = insideZoneId === null ? 'outside' : `in zone ${insideZoneId}`;
  const stands = fromZoneId === null ? `in no zone` : `in zone ${fromZoneId}`;
  throw conflict('DRIVER.ON_THE_OTHER_SIDE', `enterprise ${from.id} is ${stands} and driver ${to.id} is ${lives}`, {
    driverId: to.id,
  });
}

/**
 * Who drives the truck on across the line takes it in a handoff, checked and signed. Here it stays with the side that it is
 * with; parked, with the one that brought it. After a completed handoff it may also be handed back.
 */
function assertSameSide({ taker }: CustodyCase, atStation: TruckCase, driverId: string): void {
  const { visit, handoff, place, custodianSide } = atStation;
  if (!taker || place.zoneState !== 'active') return;
  const { insideZoneId } = taker.facts;
  const broughtFrom = visit.flow === 'into_zone' ? null : visit.zoneId;
  const sides =
    handoff?.state === 'completed' ? [null, visit.zoneId] : [custodianSide === undefined ? broughtFrom : custodianSide];
  if (sides.includes(insideZoneId)) return;
  throw notNow(
    atStation,
    'DRIVER.ON_THE_OTHER_SIDE',
    `driver ${driverId} belongs to the other side of the line: the truck is checked, and he takes it over in a handoff`,
    { driverId },
  );
}

function unknownParty({ kind, id }: Party) {
  return notFound(`${kind.toUpperCase()}.NOT_FOUND`, `there is no ${kind} ${id}`, { [`${kind}Id`]: id });
}
