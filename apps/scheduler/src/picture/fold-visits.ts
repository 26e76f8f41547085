import type { ConsignmentFacts } from '@yizhan/contracts';
import type { AreaPicture, Goods, VisitPicture } from './area-picture.js';
import { isDriving, leaveTruck, startDriving, stopDriving, takeTruck } from './driving.js';
import { type Fold, instantOf } from './fold.js';
import { dropHandoff } from './fold-handoffs.js';
import { forgetArrival, noteArrival } from './arrival-history.js';
import { noteTime } from './usual-times.js';

/** A truck that has not come is known for so long after it was expected: what was said of it may be corrected. */
const missedFor = 24 * 3_600_000;

export const visitAnnounced: Fold<'visit.announced'> = (picture, event) => {
  const { data } = event;
  forgetMissed(picture, instantOf(event.time));
  picture.announced.set(data.visitId, {
    visitId: data.visitId,
    eventId: event.id,
    stationCode: data.stationCode,
    zoneId: data.zoneId,
    flow: data.flow,
    plate: data.truck.plate,
    carrierId: data.carrierId,
    licenceRequired: data.truck.licenceRequired,
    expectedAt: instantOf(data.expectedAt),
    priority: data.priority,
    goods: goodsOf(data.consignments),
  });
};

const goodsOf = (consignments: readonly ConsignmentFacts[]): Goods[] =>
  consignments.map(({ enterpriseId, category }) => ({ enterpriseId, category }));

/** In the order in which they were announced: the first that may still come ends it. */
function forgetMissed({ announced }: AreaPicture, now: number): void {
  for (const { visitId, expectedAt } of announced.values()) {
    if (expectedAt + missedFor > now) return;
    announced.delete(visitId);
  }
}

/** A corrected announcement: the truck comes at another time, or is more or less urgent. */
export const announcementCorrected: Fold<'visit.announced'> = (picture, { data }) => {
  const announced = picture.announced.get(data.visitId);
  if (!announced) return;
  announced.expectedAt = instantOf(data.expectedAt);
  announced.priority = data.priority;
  announced.goods = goodsOf(data.consignments);
};

/** It is to come to another station. */
export const visitMoved: Fold<'visit.moved'> = (picture, { data }) => {
  const announced = picture.announced.get(data.visitId);
  if (announced) announced.stationCode = data.stationCode;
};

export const visitCancelled: Fold<'visit.cancelled'> = (picture, { id, data }) => {
  const announced = picture.announced.get(data.visitId);
  if (announced) announced.cancelledBy = id;
};

/** An announcement did not occur, or its cancellation: then it stands again. */
export function announcementRetracted({ announced }: AreaPicture, visitId: string, eventId: string): void {
  const visit = announced.get(visitId);
  if (visit?.eventId === eventId) announced.delete(visitId);
  else if (visit?.cancelledBy === eventId) visit.cancelledBy = undefined;
}

export const visitArrived: Fold<'visit.arrived'> = (picture, event) => {
  const { data } = event;
  const driver = data.custodian.kind === 'driver' ? picture.drivers.get(data.custodian.id) : undefined;
  const { plate } = data.truck;
  const at = instantOf(data.arrivedAt);
  if (data.carrierId !== undefined) picture.carriers.set(plate, data.carrierId);
  // One that was moved may have come to where it was announced before: should it not have, it is awaited at the other one still.
  const announcement = picture.announced.get(data.visitId);
  picture.announced.delete(data.visitId);
  const visit: VisitPicture = {
    visitId: data.visitId,
    stationCode: data.stationCode,
    zoneId: data.zoneId,
    flow: data.flow,
    plate,
    licenceRequired: data.truck.licenceRequired,
    carrierId: picture.carriers.get(plate),
    priority: data.priority,
    dueAt: data.dueAt === undefined ? undefined : instantOf(data.dueAt),
    goods: goodsOf(data.consignments),
    runId: data.runId,
    arrivedBy: { eventId: event.id, at, driverId: driver?.driverId, heldBefore: driver?.holdsPlate === plate },
    announcement,
    held: false,
    judgements: [],
  };
  picture.visits.set(data.visitId, visit);
  if (data.flow === 'into_zone') noteArrival(picture.arrivals, visit, at);
  if (!driver) return;
  const since = isDriving(driver) && driver.holdsPlate === plate ? driver.activity.driving.at(-1)?.from : undefined;
  if (since !== undefined && data.flow === 'out_of_zone') noteTime(picture.usual, 'away', at - since);
  stopDriving(picture, driver, at, data.stationCode);
  takeTruck(picture, plate, driver);
};

const keptJudgements = 32;

export const visitChecked: Fold<'visit.checked'> = (picture, { id, data }) => {
  const visit = picture.visits.get(data.visitId);
  if (visit && data.passed) judge(visit, id, false);
};

export const cargoHeld: Fold<'cargo.held'> = (picture, { id, data }) => {
  const visit = picture.visits.get(data.visitId);
  if (visit) judge(visit, id, true);
};

export const visitDeparted: Fold<'visit.departed'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (!visit) return;
  forget(picture, visit);
  const isServed = data.outcome === 'swapped' || data.outcome === 'no_swap_needed';
  const isOut = visit.flow === 'out_of_zone' ? isServed : !isServed;
  if (!isOut && isServed) {
    for (const { enterpriseId, category } of visit.goods) picture.enterprises.get(enterpriseId)?.served.add(category);
  }
  const driver = data.custodian.kind === 'driver' ? picture.drivers.get(data.custodian.id) : undefined;
  // Away from the zone nobody answers for the truck to us, and nothing would say when he stops.
  if (isOut) leaveTruck(picture, visit.plate);
  if (driver && isOut) driver.atStationCode = undefined;
  if (driver && !isOut) startDriving(driver, instantOf(data.departedAt));
  const run = picture.runs.get(visit.runId ?? '');
  if (run && visit.flow === 'out_of_zone' && (isOut || run.isClosed)) picture.runs.delete(run.runId);
};

/** An arrival that did not occur: the visit and the custody that began with it are undone; who drove before drives on. */
export function visitNeverArrived(picture: AreaPicture, visit: VisitPicture): void {
  forget(picture, visit);
  if (visit.flow === 'into_zone') forgetArrival(picture.arrivals, visit, visit.arrivedBy.at);
  if (visit.announcement) picture.announced.set(visit.visitId, visit.announcement);
  const { driverId, heldBefore, at } = visit.arrivedBy;
  const driver = picture.drivers.get(driverId ?? '');
  if (!driver || picture.holders.get(visit.plate) !== driverId) return;
  if (heldBefore) return startDriving(driver, at);
  leaveTruck(picture, visit.plate);
  driver.atStationCode = undefined;
}

/** A corrected arrival: the visit goes on, with what is right. */
export const arrivalCorrected: Fold<'visit.arrived'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (!visit) return;
  visit.priority = data.priority;
  visit.goods = goodsOf(data.consignments);
  visit.dueAt = data.dueAt === undefined ? undefined : instantOf(data.dueAt);
};

/** A check or a hold did not occur: the cargo is held, or not, as the last one before it said. */
export function judgementRetracted(visit: VisitPicture, eventId: string): void {
  visit.judgements = visit.judgements.filter((one) => one.eventId !== eventId);
  visit.held = visit.judgements.at(-1)?.held ?? false;
}

function judge(visit: VisitPicture, eventId: string, held: boolean): void {
  visit.judgements = [...visit.judgements.slice(1 - keptJudgements), { eventId, held }];
  visit.held = held;
}

function forget(picture: AreaPicture, visit: VisitPicture): void {
  picture.visits.delete(visit.visitId);
  for (const handoff of picture.handoffs.values()) if (handoff.visit === visit) dropHandoff(picture, handoff);
}
