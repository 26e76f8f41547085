import type { ExceptionChange } from '../exceptions/raising.js';
import { eventOfRun, type Now, type RunContext, type TruckCase } from '../cases/truck-case.js';
import { given } from '../cases/given.js';
import { usualRoundTripSeconds } from '../handoffs/assigning.js';
import { closeRun } from '../runs/closing.js';
import { type OpenedRun, openRun } from '../runs/opening.js';
import type { Run } from '../runs/run.js';
import { type DepartVisitInput, isCrossing } from './departure-outcome.js';

/** What a departure does to the truck's run. */
export type Beyond = OpenedRun & { readonly exceptions?: readonly ExceptionChange[] };

/** Into the zone a run begins, swapped or not, or the one that went out first ends. Sent back into the zone, a run goes on as a new one. */
export function runBeyond(
  truckCase: TruckCase,
  driverId: string,
  input: DepartVisitInput,
  now: Now,
): Beyond | undefined {
  const { visit, run, exceptions } = truckCase;
  const context: RunContext = { carrierId: visit.carrierId, visitId: visit.visitId };
  const crosses = isCrossing(input.outcome);
  if (visit.flow === 'out_of_zone') {
    return !crosses && run?.state === 'closed' ? again(truckCase, run, driverId, now, context) : undefined;
  }
  if (crosses && run?.state === 'open' && run.direction === 'out_first') {
    return closeRun(run, { how: 'returned', intoZoneVisitId: visit.visitId }, now.at, context, exceptions);
  }
  return crosses ? into(truckCase, driverId, input, now, context) : undefined;
}

function into(truckCase: TruckCase, driverId: string, input: DepartVisitInput, now: Now, context: RunContext): Beyond {
  const { visit, handoff, place } = truckCase;
  const from = handoff?.state === 'completed' ? handoff.evidence.from : undefined;
  const usualReturnAt = now.at + usualRoundTripSeconds * 1000;
  const plannedReturnAt = handoff?.state === 'completed' ? handoff.plannedReturnAt : usualReturnAt;
  return openRun(
    {
      runId: input.runId ?? now.newId('run'),
      areaCode: visit.areaCode,
      zoneId: visit.zoneId,
      plate: visit.plate,
      direction: input.direction ?? 'in_first',
      driverId,
      broughtByDriverId: from?.kind === 'driver' ? from.id : null,
      intoZoneVisitId: visit.visitId,
      dueBackAt: input.direction === 'one_way' ? (input.dueBackAt ?? null) : (input.dueBackAt ?? plannedReturnAt),
    },
    now.at,
    place.rules.timers.overdueGraceSeconds,
    context,
  );
}

/** Turned away or redirected at the way out: the truck is back in the zone, with the same plan for who takes it out. */
function again({ place }: TruckCase, before: Run, driverId: string, now: Now, context: RunContext): Beyond {
  const returnDriverId = before.returnDriverId ?? before.broughtByDriverId ?? undefined;
  const wait = before.wait ?? 'station';
  const { areaCode, zoneId, plate, direction, broughtByDriverId, intoZoneVisitId } = before;
  const opened = openRun(
    {
      runId: now.newId('run'),
      areaCode,
      zoneId,
      plate,
      direction,
      driverId,
      broughtByDriverId,
      intoZoneVisitId,
      dueBackAt: now.at + usualRoundTripSeconds * 1000,
      ...given({ returnDriverId }),
      wait,
    },
    now.at,
    place.rules.timers.overdueGraceSeconds,
    context,
  );
  const planned = eventOfRun(opened.run, 'run.return_planned', now.at, { ...given({ returnDriverId }), wait }, context);
  return { ...opened, events: [...opened.events, planned] };
}
