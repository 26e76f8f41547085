import type { Run } from '../runs/run.js';
import type { Visit } from '../visits/visit.js';
import type { ExceptionSubject } from '../exceptions/raising.js';

/** An exception of a visit is for its station to solve. */
export function aboutVisit(visit: Visit): ExceptionSubject {
  const { visitId, areaCode, stationCode, carrierId } = visit;
  return { subject: `visit/${visitId}`, areaCode, stationCode, visitId, runId: null, carrierId };
}

/** An exception of a run is for the station that it is expected at, or else for its area. */
export function aboutRun(run: Run, carrierId: string | null, stationCode: string | undefined): ExceptionSubject {
  const { runId, areaCode } = run;
  return { subject: `run/${runId}`, areaCode, stationCode: stationCode ?? null, visitId: null, runId, carrierId };
}
