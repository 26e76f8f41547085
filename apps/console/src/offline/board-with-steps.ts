import type { BoardResponse, BoardVisitResponse, DriverOnDutyResponse, OutsideDriverResponse } from '@yizhan/client';
import { announcedVisit, boardVisitWith, notYetIn } from './apply-steps.js';
import type { LoggedStep } from './logged-step.js';

/** They have not left the station: the service shows them on no board. */
const goneWithoutTrace: ReadonlySet<string> = new Set(['cancelled', 'retracted']);

/** A board with what was logged on this device and the service had not told of by an instant; the same one where that is nothing. */
export function boardWithSteps(board: BoardResponse, logged: readonly LoggedStep[], updatedAt: number): BoardResponse {
  const { stationCode } = board.station;
  const steps = notYetIn(logged, updatedAt).filter(({ about }) => about.stationCode === stationCode);
  if (steps.length === 0) return board;
  const byVisit = new Map<string, LoggedStep[]>();
  for (const step of steps) byVisit.set(step.about.visitId, [...(byVisit.get(step.about.visitId) ?? []), step]);
  const told = new Set(board.visits.map(({ visitId }) => visitId));
  const fresh = [...byVisit].flatMap(([visitId, own]) => {
    const visit = told.has(visitId) ? undefined : announcedVisit(own);
    return visit ? [visit] : [];
  });
  const visits = [...board.visits, ...fresh]
    .map((visit) => boardVisitWith(visit, byVisit.get(visit.visitId) ?? []))
    .filter(({ state }) => !goneWithoutTrace.has(state));
  const changed = visits.filter(({ visitId }) => byVisit.has(visitId));
  return {
    ...board,
    visits,
    driversOnDuty: board.driversOnDuty.map((driver) => boundBy(driver, changed)),
    outsideDrivers: board.outsideDrivers.map((driver) => boundBy(driver, changed)),
  };
}

/** A driver as he is bound by what was logged. */
function boundBy<D extends DriverOnDutyResponse | OutsideDriverResponse>(
  driver: D,
  visits: readonly BoardVisitResponse[],
): D {
  const visit = visits.find(({ driverId }) => driverId === driver.driverId);
  if (visit?.handoffId === undefined) return driver;
  return visit.handoffState === 'completed'
    ? { ...driver, holdsPlate: visit.plate }
    : { ...driver, liveHandoffId: visit.handoffId };
}
