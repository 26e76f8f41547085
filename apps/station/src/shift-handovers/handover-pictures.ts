import { Injectable } from '@nestjs/common';
import type { Flow } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { type DriverActivity, hoursVerdict, type PolicyRules } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { activityUpToNow } from '../drivers/driver-activity.js';
import { usualRoundTripSeconds } from '../handoffs/assigning.js';
import { DailyReports } from '../reports/daily-report.js';
import type { ReportScope } from '../reports/report-scope.js';
import { readCareOfShift } from '../waiting-drivers/care-of-shift.js';
import type {
  DriverNearLimit,
  HandoverPicture,
  OpenExceptionOfStation,
  OpenRun,
  OpenTruck,
  ShiftChanges,
} from './handover-picture.js';
import { shiftBegan } from './shift-began.js';

/** Draws how a station stands. */
@Injectable()
export class HandoverPictures {
  constructor(
    private readonly database: Database,
    private readonly reports: DailyReports,
  ) {}

  async draw(scope: ReportScope, now: number): Promise<HandoverPicture> {
    const { code: stationCode } = scope;
    const [[station], trucks, runs, exceptions, drivers, since] = await Promise.all([
      this.database.rows<{ state: string }>(readStation, [stationCode]),
      this.database.rows<TruckHere>(readTrucks, [stationCode]),
      this.database.rows<RunOut>(readRuns, [scope.areaCode, stationCode]),
      this.database.rows<ExceptionHere>(readExceptions, [scope.areaCode, stationCode]),
      this.database.rows<DriverOnShift>(readDrivers, [stationCode]),
      shiftBegan(this.database, scope, now),
    ]);
    return {
      stationCode,
      stationState: station?.state ?? 'closed',
      since: toIso(since),
      asOf: toIso(now),
      openTrucks: trucks.map(truckShown),
      openRuns: runs.map(runShown),
      openExceptions: exceptions.map(exceptionShown),
      driversNearLimits: drivers.flatMap((driver) => nearLimit(driver, now)),
      changes: await this.#changes(scope, since, now),
      care: await readCareOfShift(this.database, stationCode, since),
    };
  }

  async #changes(scope: ReportScope, since: number, now: number): Promise<ShiftChanges> {
    // What happens in this very instant is before the handover, too.
    const { total } = await this.reports.read(scope, { from: since, to: now + 1 }, now);
    const sum = ({ into_zone, out_of_zone }: Readonly<Record<Flow, number>>) => into_zone + out_of_zone;
    return {
      arrived: sum(total.arrived),
      departed: sum(total.departed),
      swaps: sum(total.swaps),
      turnedAway: sum(total.outcomes.turned_away),
      runsOpened: total.runs.opened,
      runsReturned: total.runs.returned,
      exceptionsOpened: total.exceptions.reduce((all, { opened }) => all + opened, 0),
      exceptionsResolved: total.exceptions.reduce((all, { resolved }) => all + resolved, 0),
    };
  }
}

interface TruckHere extends Omit<OpenTruck, 'arrivedAt' | 'state' | 'driverId'> {
  readonly arrivedAt: number;
  readonly state: string | null;
  readonly driverId: string | null;
}

const truckShown = ({ arrivedAt, state, driverId, ...truck }: TruckHere): OpenTruck => ({
  ...truck,
  arrivedAt: toIso(arrivedAt),
  state: state ?? 'waiting',
  ...given({ driverId }),
});

interface RunOut extends Omit<OpenRun, 'openedAt' | 'dueBackAt'> {
  readonly openedAt: number;
  readonly dueBackAt: number | null;
}

const runShown = ({ openedAt, dueBackAt, ...run }: RunOut): OpenRun => ({
  ...run,
  openedAt: toIso(openedAt),
  ...isoFields({ dueBackAt }),
});

interface ExceptionHere extends Omit<OpenExceptionOfStation, 'openedAt' | 'plate'> {
  readonly openedAt: number;
  readonly plate: string | null;
}

const exceptionShown = ({ openedAt, plate, ...exception }: ExceptionHere): OpenExceptionOfStation => ({
  ...exception,
  openedAt: toIso(openedAt),
  ...given({ plate }),
});

export interface DriverOnShift {
  readonly driverId: string;
  readonly shiftEndsAt: number;
  readonly drivingSince: number | null;
  readonly activity: DriverActivity;
  readonly rules: PolicyRules | null;
  readonly plate: string | null;
}

/** Whom the next lead must not count on: his shift or his hours end within the usual round trip. */
export function nearLimit(driver: DriverOnShift, now: number): DriverNearLimit[] {
  const { driverId, shiftEndsAt, rules, plate } = driver;
  const about = { driverId, shiftEndsAt: toIso(shiftEndsAt), ...given({ holdsPlate: plate }) };
  if (shiftEndsAt - now < usualRoundTripSeconds * 1_000) return [{ ...about, reason: 'shift_ends' }];
  if (!rules) return [];
  const verdict = hoursVerdict(rules, activityUpToNow(driver), now, usualRoundTripSeconds);
  if (verdict.allowed) return [];
  const { rule: reason, until = null } = verdict.block;
  return [{ ...about, reason, ...isoFields({ until }) }];
}

const readStation = `SELECT state FROM station.stations WHERE station_code = $1`;

const readTrucks = `
  SELECT v.visit_id AS "visitId", v.plate, v.flow, v.arrived_at AS "arrivedAt", h.state, h.driver_id AS "driverId", v.held,
         v.hold_reasons AS "holdReasons"
  FROM station.visits v
  LEFT JOIN LATERAL (
    SELECT h.state, h.driver_id FROM station.handoffs h WHERE h.visit_id = v.visit_id ORDER BY h.try_no DESC LIMIT 1) h ON true
  WHERE v.station_code = $1 AND v.state = 'arrived' ORDER BY v.arrived_at, v.visit_id`;

const readRuns = `
  SELECT r.run_id AS "runId", r.plate, r.driver_id AS "driverId", r.opened_at AS "openedAt", r.due_back_at AS "dueBackAt",
         r.overdue_at IS NOT NULL AS overdue
  FROM station.runs r JOIN station.visits v ON v.visit_id = r.into_zone_visit_id
  WHERE r.area_code = $1 AND r.state = 'open' AND v.station_code = $2 ORDER BY r.opened_at, r.run_id`;

const readExceptions = `
  SELECT e.exception_id AS "exceptionId", e.code, e.opened_at AS "openedAt", coalesce(v.plate, r.plate) AS plate
  FROM station.exceptions e
  LEFT JOIN station.runs r ON r.run_id = e.run_id
  LEFT JOIN station.visits v ON v.visit_id = coalesce(e.visit_id, r.into_zone_visit_id)
  WHERE e.area_code = $1 AND e.resolved_at IS NULL AND coalesce(v.station_code, e.owner) = $2
  ORDER BY e.opened_at, e.exception_id`;

const readDrivers = `
  SELECT d.driver_id AS "driverId", d.shift_ends_at AS "shiftEndsAt", d.driving_since AS "drivingSince", d.activity, p.rules,
         (SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = d.driver_id) AS plate
  FROM station.drivers d
  LEFT JOIN station.zones z ON z.zone_id = d.inside_zone_id
  LEFT JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE d.shift_station_code = $1 ORDER BY d.driver_id`;
