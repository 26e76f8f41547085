import { Injectable } from '@nestjs/common';
import type { Licence, PlateColour } from '@yizhan/contracts';
import { LogReader } from '@yizhan/event-log';
import type { Caller } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { DriverActivity, PolicyRules } from '@yizhan/policy';
import { In } from 'typeorm';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { activityUpToNow } from '../drivers/driver-activity.js';
import { joinExpiry } from '../handoffs/accept-by.js';
import { HandoffRow } from '../handoffs/handoff.entity.js';
import { stationNotFound } from '../network/stations/station.repository.js';
import { requestsAtStation } from '../override-requests/requests-at-station.js';
import { ReportScopes } from '../reports/report-scope.js';
import { shiftBegan } from '../shift-handovers/shift-began.js';
import { VisitRow } from '../visits/visit.entity.js';
import { visitResponse } from '../visits/visits.reader.js';
import { readCareOfShift } from '../waiting-drivers/care-of-shift.js';
import type {
  BoardedVisitResponse,
  BoardResponse,
  BoardStationResponse,
  BoardVisitResponse,
  DriverOnDutyResponse,
  OutsideDriverResponse,
} from './board.dto.js';
import { minutesLeft } from './hours-left.js';
import { type Grant, truckClasses } from './truck-classes.js';

/** Trucks that have left stay on the board for so long. */
const goneFor = 2 * 3_600_000;
const mostVisits = 1_000;

/** Draws a station as it stands, for one screen: trucks, bays, drivers. */
@Injectable()
export class Boards {
  constructor(
    private readonly database: Database,
    private readonly log: LogReader,
    private readonly clock: Clock,
    private readonly scopes: ReportScopes,
  ) {}

  /** @throws Problem `not_found`. */
  async draw(stationCode: string, caller: Caller): Promise<BoardResponse> {
    // Read first: what happens meanwhile is drawn once more, and never missed.
    const position = await this.log.head();
    const now = this.clock.now();
    const [[station], visits, drivers, [exceptions], overrideRequests, shiftSince] = await Promise.all([
      this.database.rows<DrawnStation>(readStation, [stationCode]),
      this.database.rows<Shown>(readVisits, [stationCode, now - goneFor, mostVisits + 1, null]),
      this.database.rows<OnDuty>(readDrivers, [stationCode]),
      this.database.rows<{ open: number }>(countExceptions, [stationCode]),
      requestsAtStation(this.database, stationCode, caller, now),
      this.#shiftSince(stationCode, now),
    ]);
    if (!station) throw stationNotFound(stationCode);
    const [outside, care] = await Promise.all([
      this.database.rows<Outside>(readOutside, [stationCode, shiftSince]),
      readCareOfShift(this.database, stationCode, shiftSince),
    ]);
    return {
      position: String(position),
      asOf: toIso(now),
      station: boardStation(station),
      visits: await this.#visits(stationCode, visits.slice(0, mostVisits)),
      isCut: visits.length > mostVisits,
      driversOnDuty: drivers.map((driver) => onDuty(driver, now)),
      outsideDrivers: outside.map((driver) => outsideDriver(driver, now)),
      openExceptions: exceptions?.open ?? 0,
      overrideRequests,
      care,
    };
  }

  async #shiftSince(stationCode: string, now: number): Promise<number> {
    return shiftBegan(this.database, await this.scopes.ofStation(stationCode), now);
  }

  /** One truck as it stands on the board of the station now, where it does: what changes with one event, at a hundredth of the cost. */
  async drawVisit(stationCode: string, visitId: string): Promise<BoardedVisitResponse> {
    const position = await this.log.head();
    const now = this.clock.now();
    const shown = await this.database.rows<Shown>(readVisits, [stationCode, now - goneFor, 1, visitId]);
    const [visit] = await this.#visits(stationCode, shown);
    return { position: String(position), asOf: toIso(now), ...(visit && { visit }) };
  }

  async #visits(stationCode: string, shown: readonly Shown[]): Promise<BoardVisitResponse[]> {
    const visitIds = shown.map((each) => each.visitId);
    const visitId = In(visitIds);
    const { manager } = this.database;
    const [rows, handoffs, asked, returns] = await Promise.all([
      manager.findBy(VisitRow, { visitId }),
      manager.find(HandoffRow, { where: { visitId }, order: { tryNo: 'ASC' } }),
      this.database.rows<Asked>(readAsked, [visitIds]),
      this.database.rows<Returning>(readReturning, [visitIds]),
    ]);
    const acceptBy = new Map(asked.map((each) => [each.handoffId, each.acceptBy]));
    const named = new Map(returns.map((each) => [each.visitId, each.returnDriverIds]));
    const visits = new Map(rows.map((row) => [row.visitId, row]));
    const newest = new Map(handoffs.map((handoff) => [handoff.visitId, handoff]));
    return shown.flatMap(({ visitId: id, ...truck }) => {
      const visit = visits.get(id);
      const handoff = newest.get(id);
      const around = {
        acceptBy: acceptBy.get(handoff?.handoffId ?? '') ?? null,
        returnDriverIds: named.get(id),
        stationCode,
      };
      return visit ? [boardVisit(visit, handoff, { ...truck, ...around })] : [];
    });
  }
}

type DrawnStation = Omit<BoardStationResponse, 'cutOffAt'> & { readonly cutOffAt: number | null };

function boardStation({ cutOffAt, ...station }: DrawnStation): BoardStationResponse {
  return { ...station, ...isoFields({ cutOffAt }) };
}

interface Shown {
  readonly visitId: string;
  readonly plateColour: PlateColour | null;
  readonly licenceRequired: Licence | null;
}

interface Returning {
  readonly visitId: string;
  readonly returnDriverIds: readonly string[];
}

interface Asked {
  readonly handoffId: string;
  readonly acceptBy: number | null;
}

function boardVisit(
  visit: VisitRow,
  handoff: HandoffRow | undefined,
  {
    acceptBy,
    stationCode,
    ...known
  }: Omit<Shown, 'visitId'> &
    Pick<Asked, 'acceptBy'> &
    Partial<Pick<Returning, 'returnDriverIds'>> & { readonly stationCode: string },
): BoardVisitResponse {
  const { readyAt = null, startedAt = null, custodyAt = null, bayCode } = handoff ?? {};
  return {
    ...visitResponse(visit, handoff, stationCode),
    consignments: visit.consignments,
    ...isoFields({ readyAt, acceptBy, startedAt, custodyAt }),
    ...given({ ...known, bayCode }),
  };
}

interface Qualified {
  readonly driverId: string;
  readonly licences: readonly Licence[];
  readonly grants: readonly Grant[];
  readonly rules: PolicyRules | null;
}

interface OnDuty extends Qualified {
  readonly zoneId: string | null;
  readonly shiftEndsAt: number;
  readonly drivingSince: number | null;
  readonly activity: DriverActivity;
  readonly holdsPlate: string | null;
  readonly liveHandoffId: string | null;
}

function onDuty(driver: OnDuty, now: number): DriverOnDutyResponse {
  const { driverId, licences, grants, zoneId, shiftEndsAt, rules, holdsPlate, liveHandoffId } = driver;
  return {
    driverId,
    licences,
    trucks: truckClasses(rules, licences, grants, now),
    shiftEndsAt: toIso(shiftEndsAt),
    minutesLeft: minutesLeft(rules, activityUpToNow(driver), now, shiftEndsAt),
    ...given({ zoneId, holdsPlate, liveHandoffId }),
  };
}

interface Outside extends Qualified {
  readonly carrierId: string | null;
  readonly holdsPlate: string | null;
  readonly liveHandoffId: string | null;
  readonly restSince: number | null;
  readonly meals: number;
  readonly lastMealId: string | null;
}

const outsideDriver = (
  { driverId, licences, grants, rules, meals, restSince, ...known }: Outside,
  now: number,
): OutsideDriverResponse => ({
  driverId,
  trucks: truckClasses(rules, licences, grants, now),
  meals,
  ...isoFields({ restSince }),
  ...given(known),
});

const readStation = `
  SELECT s.station_code AS "stationCode", s.area_code AS "areaCode", s.name, s.state, s.zone_ids AS "zoneIds",
         s.cut_off_at AS "cutOffAt",
         ARRAY(SELECT b.bay_code FROM station.bays b WHERE b.station_code = s.station_code ORDER BY b.bay_code) AS bays
  FROM station.stations s WHERE s.station_code = $1`;

const readVisits = `
  SELECT v.visit_id AS "visitId", t.plate_colour AS "plateColour", t.licence_required AS "licenceRequired"
  FROM station.visits v LEFT JOIN station.trucks t ON t.plate = v.plate
  WHERE (v.station_code = $1 OR v.state = 'announced' AND v.moved_from @> ARRAY[$1::text])
    AND (v.state IN ('announced', 'arrived')
      OR v.state = 'departed' AND v.departed_at > to_timestamp($2::double precision / 1000))
    AND ($4::uuid IS NULL OR v.visit_id = $4::uuid)
  ORDER BY v.state, coalesce(v.departed_at, v.arrived_at, v.queued_at, v.expected_at), v.visit_id LIMIT $3`;

const readAsked = `
  SELECT h.handoff_id AS "handoffId", e.due_at AS "acceptBy"
  FROM station.handoffs h ${joinExpiry} WHERE h.visit_id = ANY ($1) AND h.state = 'assigned'`;

const readReturning = `
  SELECT v.visit_id AS "visitId", array_remove(ARRAY[r.return_driver_id, r.brought_by_driver_id], NULL) AS "returnDriverIds"
  FROM station.visits v JOIN station.runs r ON r.run_id = v.run_id
  WHERE v.visit_id = ANY ($1) AND v.flow = 'out_of_zone' AND v.state IN ('announced', 'arrived')`;

const grantsHeld = `
  (SELECT coalesce(json_agg(json_build_object('credential', c.credential,
            'validFrom', (extract(epoch FROM c.valid_from) * 1000)::bigint,
            'validUntil', (extract(epoch FROM c.valid_until) * 1000)::bigint)), '[]')
   FROM station.credentials c WHERE c.driver_id = d.driver_id AND c.recalled_at IS NULL)`;

const liveHandoff = `
  (SELECT h.handoff_id FROM station.handoffs h
   WHERE h.driver_id = d.driver_id AND h.state IN ('assigned', 'accepted', 'started'))`;

const plateHeld = `
  (SELECT t.plate FROM station.trucks t
   WHERE t.custodian_kind = 'driver' AND t.custodian_id = d.driver_id ORDER BY t.plate LIMIT 1)`;

const readDrivers = `
  SELECT d.driver_id AS "driverId", d.licences, d.shift_ends_at AS "shiftEndsAt", d.driving_since AS "drivingSince",
         d.activity, d.inside_zone_id AS "zoneId", p.rules, ${grantsHeld} AS grants, ${plateHeld} AS "holdsPlate",
         ${liveHandoff} AS "liveHandoffId"
  FROM station.drivers d
  LEFT JOIN station.zones z ON z.zone_id = d.inside_zone_id
  LEFT JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE d.shift_station_code = $1 ORDER BY d.driver_id`;

const readOutside = `
  SELECT d.driver_id AS "driverId", d.carrier_id AS "carrierId", ${plateHeld} AS "holdsPlate", d.rest_since AS "restSince",
         d.licences, p.rules, ${grantsHeld} AS grants, ${liveHandoff} AS "liveHandoffId", coalesce(m.meals, 0) AS meals, m.last AS "lastMealId"
  FROM station.drivers d
  LEFT JOIN (
    SELECT g.driver_id, count(*)::int AS meals, (array_agg(g.meal_id ORDER BY g.given_at DESC, g.meal_id DESC))[1] AS last
    FROM station.meals g
    WHERE g.station_code = $1 AND g.given_at >= to_timestamp($2::double precision / 1000) GROUP BY g.driver_id
  ) m ON m.driver_id = d.driver_id
  LEFT JOIN station.stations s ON s.station_code = $1
  LEFT JOIN station.zones z ON z.zone_id = s.zone_ids[1]
  LEFT JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE d.station_code = $1 AND d.inside_zone_id IS NULL ORDER BY d.driver_id LIMIT 500`;

const countExceptions = `
  SELECT count(*)::int AS open FROM station.exceptions WHERE owner = $1 AND resolved_at IS NULL`;
