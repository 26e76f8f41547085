import type { AreaPicture, VisitPicture } from './area-picture.js';
import { leaveTruck, startDriving, stopDriving, takeTruck } from './driving.js';
import { type Fold, instantOf } from './fold.js';
import { dropHandoff } from './fold-handoffs.js';

export const visitArrived: Fold<'visit.arrived'> = (picture, event) => {
  const { data } = event;
  const driver = data.custodian.kind === 'driver' ? picture.drivers.get(data.custodian.id) : undefined;
  const { plate } = data.truck;
  const at = instantOf(data.arrivedAt);
  if (data.carrierId !== undefined) picture.carriers.set(plate, data.carrierId);
  picture.visits.set(data.visitId, {
    visitId: data.visitId,
    stationCode: data.stationCode,
    zoneId: data.zoneId,
    flow: data.flow,
    plate,
    carrierId: picture.carriers.get(plate),
    priority: data.priority,
    dueAt: data.dueAt === undefined ? undefined : instantOf(data.dueAt),
    runId: data.runId,
    arrivedBy: { eventId: event.id, at, driverId: driver?.driverId, heldBefore: driver?.holdsPlate === plate },
    held: false,
  });
  if (!driver) return;
  stopDriving(picture, driver, at, data.stationCode);
  takeTruck(picture, plate, driver);
};

export const visitChecked: Fold<'visit.checked'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (visit && data.passed) visit.held = false;
};

export const cargoHeld: Fold<'cargo.held'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (visit) visit.held = true;
};

export const visitDeparted: Fold<'visit.departed'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (!visit) return;
  forget(picture, visit);
  const isServed = data.outcome === 'swapped' || data.outcome === 'no_swap_needed';
  const isOut = visit.flow === 'out_of_zone' ? isServed : !isServed;
  const driver = data.custodian.kind === 'driver' ? picture.drivers.get(data.custodian.id) : undefined;
  // Away from the zone nobody answers for the truck to us, and nothing would say when he stops.
  if (isOut) leaveTruck(picture, visit.plate);
  if (driver && isOut) driver.atStationCode = undefined;
  if (driver && !isOut) startDriving(driver, instantOf(data.departedAt));
  const run = picture.runs.get(visit.runId ?? '');
  if (run && visit.flow === 'out_of_zone' && (isOut || run.isClosed)) picture.runs.delete(run.runId);
};

/** `did_not_occur` of an arrival: the visit and the custody that began with it are undone; who drove before drives on. */
export const recordRetracted: Fold<'record.retracted'> = (picture, { subject, data }) => {
  const visit = picture.visits.get(subject.slice(subject.indexOf('/') + 1));
  if (!visit || data.reason !== 'did_not_occur' || visit.arrivedBy.eventId !== data.retractedEventId) return;
  forget(picture, visit);
  const { driverId, heldBefore, at } = visit.arrivedBy;
  const driver = picture.drivers.get(driverId ?? '');
  if (!driver || picture.holders.get(visit.plate) !== driverId) return;
  if (heldBefore) return startDriving(driver, at);
  leaveTruck(picture, visit.plate);
  driver.atStationCode = undefined;
};

function forget(picture: AreaPicture, visit: VisitPicture): void {
  picture.visits.delete(visit.visitId);
  for (const handoff of picture.handoffs.values()) if (handoff.visit === visit) dropHandoff(picture, handoff);
}
