import { leaveTruck, startDriving, stopDriving, takeTruck } from './driving.js';
import { type Fold, instantOf } from './fold.js';

export const custodyMoved: Fold<'custody.moved'> = (picture, { data }) => {
  const at = instantOf(data.custodyAt);
  const place = picture.stations.has(data.place) ? data.place : undefined;
  const giver = leaveTruck(picture, data.plate);
  if (giver) stopDriving(picture, giver, at, place);
  const taker = data.to.kind === 'driver' ? picture.drivers.get(data.to.id) : undefined;
  if (!taker) return;
  takeTruck(picture, data.plate, taker);
  // Who takes it from a station drives when it departs, elsewhere at once.
  if (data.visitId === undefined) startDriving(taker, at);
  else taker.atStationCode = place;
};

export const runOpened: Fold<'run.opened'> = (picture, { data }) => {
  const broughtInBy = data.direction === 'out_first' ? undefined : picture.broughtIn.get(data.plate);
  picture.runs.set(data.runId, { runId: data.runId, plate: data.plate, broughtInBy, isClosed: false });
};

export const runReturnPlanned: Fold<'run.return_planned'> = (picture, { data }) => {
  const run = picture.runs.get(data.runId);
  if (!run) return;
  run.returnDriverId = data.returnDriverId;
  run.wait = data.wait;
};

/** A run that ends at an arrival is kept until that visit departs: it says who takes the truck back. */
export const runClosed: Fold<'run.closed'> = (picture, { data, time }) => {
  const run = picture.runs.get(data.runId);
  if (run && data.how === 'returned' && picture.visits.has(data.outOfZoneVisitId ?? '')) run.isClosed = true;
  else picture.runs.delete(data.runId);
  if (data.how === 'returned') return;
  const holder = leaveTruck(picture, data.plate);
  if (holder) stopDriving(picture, holder, instantOf(time));
};
