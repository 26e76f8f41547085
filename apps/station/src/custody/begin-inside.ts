import type { Now, RunContext } from '../cases/truck-case.js';
import { type OpenedRun, openRun } from '../runs/opening.js';
import type { CustodyCase } from './load-custody.js';
import type { MoveCustodyInput } from './custody-move.js';
import type { TruckInCustody } from './truck.js';

/** A truck that is based in the zone goes out first: tracking and its run begin where its enterprise hands it over. */
export function beginInside(
  { taker, rules }: CustodyCase,
  { plate, areaCode, custodian, carrierId }: TruckInCustody,
  { run }: MoveCustodyInput,
  now: Now,
): OpenedRun {
  const context: RunContext = { carrierId };
  return openRun(
    {
      runId: run?.runId ?? now.newId('run'),
      areaCode,
      zoneId: taker?.facts.insideZoneId ?? null,
      plate,
      direction: 'out_first',
      driverId: custodian.id,
      broughtByDriverId: null,
      intoZoneVisitId: null,
      dueBackAt: run?.dueBackAt ?? null,
    },
    now.at,
    rules?.timers.overdueGraceSeconds ?? 0,
    context,
  );
}
