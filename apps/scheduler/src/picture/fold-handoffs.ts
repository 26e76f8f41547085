import type { AreaPicture, HandoffPicture } from './area-picture.js';
import { leaveTruck, takeTruck } from './driving.js';
import { type Fold, instantOf } from './fold.js';
import { noteAssigned, noteChange } from './fold-throttles.js';
import { noteTime } from './usual-times.js';

export const handoffRequested: Fold<'handoff.requested'> = (picture, { data }) => {
  const visit = picture.visits.get(data.visitId);
  if (!visit) return;
  const readyAt = instantOf(data.readyAt);
  if (visit.flow === 'into_zone') noteTime(picture.usual, 'untilReady', readyAt - visit.arrivedBy.at);
  const handoff: HandoffPicture = {
    handoffId: data.handoffId,
    visit,
    readyAt,
    licenceRequired: data.requirements.licence,
    assignedDriverId: undefined,
    planned: undefined,
    offer: undefined,
    statedRules: undefined,
    declinedBy: new Set(),
    unanswered: new Map(),
    refusals: new Map(),
  };
  picture.handoffs.set(handoff.handoffId, handoff);
  picture.waiting.set(handoff.handoffId, handoff);
};

export const handoffAssigned: Fold<'handoff.assigned'> = (picture, { data, time }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (!handoff) return;
  noteAssigned(picture, handoff, instantOf(time));
  closeOffer(picture, handoff);
  freeDriver(picture, handoff);
  picture.waiting.delete(handoff.handoffId);
  handoff.statedRules = undefined;
  handoff.assignedDriverId = data.driverId;
  if (data.assignedBy === 'scheduler')
    handoff.planned = { assignedAt: instantOf(time), startsAt: instantOf(data.plannedStartAt) };
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.liveHandoffId = handoff.handoffId;
};

export const handoffStarted: Fold<'handoff.started'> = (picture, { data }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (handoff) handoff.planned = undefined;
};

export const handoffAssignmentEnded: Fold<'handoff.assignment_ended'> = (picture, { data, time }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (!handoff) return;
  freeDriver(picture, handoff);
  if (data.movedToHandoffId !== undefined) noteChange(picture, instantOf(time));
  picture.assigned.delete(handoff.handoffId);
  picture.waiting.set(handoff.handoffId, handoff);
  if (data.reason === 'declined' || data.reason === 'no_show') handoff.declinedBy.add(data.driverId);
  if (data.reason === 'expired')
    handoff.unanswered.set(data.driverId, (handoff.unanswered.get(data.driverId) ?? 0) + 1);
};

export const handoffCompleted: Fold<'handoff.completed'> = (picture, { data }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (!handoff) return;
  dropHandoff(picture, handoff);
  const { plate, flow } = handoff.visit;
  if (flow === 'into_zone') {
    if (data.from.kind === 'driver') picture.broughtIn.set(plate, data.from.id);
    else picture.broughtIn.delete(plate);
  }
  const offGoing = leaveTruck(picture, plate);
  if (flow === 'out_of_zone' && offGoing?.insideZoneId)
    noteTime(picture.usual, 'handingBack', instantOf(data.custodyAt) - handoff.visit.arrivedBy.at);
  if (offGoing) offGoing.atStationCode = data.stationCode;
  const onComing = picture.drivers.get(data.toDriverId);
  if (!onComing) return;
  takeTruck(picture, plate, onComing);
  onComing.atStationCode = data.stationCode;
};

export const handoffAborted: Fold<'handoff.aborted'> = (picture, { data }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (handoff) dropHandoff(picture, handoff);
  picture.assigned.delete(data.handoffId);
};

/** The handoff is over: nobody is bound to it any more. */
export function dropHandoff(picture: AreaPicture, handoff: HandoffPicture): void {
  closeOffer(picture, handoff);
  freeDriver(picture, handoff);
  picture.waiting.delete(handoff.handoffId);
  picture.handoffs.delete(handoff.handoffId);
}

/** The proposal, if any, is answered or runs out. */
export function closeOffer(picture: AreaPicture, handoff: HandoffPicture): void {
  if (!handoff.offer) return;
  const driver = picture.drivers.get(handoff.offer.driverId);
  if (driver?.offer?.handoffId === handoff.handoffId) driver.offer = undefined;
  handoff.offer = undefined;
}

function freeDriver(picture: AreaPicture, handoff: HandoffPicture): void {
  const driver = picture.drivers.get(handoff.assignedDriverId ?? '');
  if (driver?.liveHandoffId === handoff.handoffId) driver.liveHandoffId = undefined;
  handoff.assignedDriverId = undefined;
  handoff.planned = undefined;
}
