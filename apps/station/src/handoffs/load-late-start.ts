import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { conflict } from '../cases/problems.js';
import type { Now, TruckCase } from '../cases/truck-case.js';
import type { TruckCases } from '../cases/truck-cases.js';
import { together } from '../changes/together.js';
import type { Consent } from '../consents/consent.js';
import { lockConsents } from '../consents/covering.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { lockBay } from './lock-bay.js';

/** A swap that a tablet has logged: who took over where, and when it was over, where it is. */
export interface LoggedStart {
  readonly handoffId: string;
  readonly driverId: string;
  readonly bayCode: string;
  readonly endedAt?: number;
}

/** What a start is judged by that is recorded after it happened: the station and the bay as they were then. */
export interface LateStart {
  readonly truckCase: TruckCase;
  /** Who took over, locked. */
  readonly driver: LockedDriver;
  /** Where he is assigned to another handoff now. */
  readonly elsewhere: TruckCase | undefined;
  /** What kept handoffs from starting at that instant. */
  readonly pause: { readonly why: 'suspended' | 'closed'; readonly fromAt: number } | undefined;
  readonly bayIsThere: boolean;
  /** Another swap that was in the bay meanwhile. */
  readonly occupant: Occupant | undefined;
  /** What the carrier has agreed to beforehand, also what is over by now. */
  readonly consents: readonly Consent[];
}

/** The shift that a driver was on. */
type Shift = NonNullable<LockedDriver['facts']['shift']>;

interface Occupant {
  readonly handoffId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Locks both visits with their trucks, the driver, the station and the bay. */
export async function loadLateStart(
  tx: Transaction,
  now: Now,
  cases: TruckCases,
  { handoffId, driverId, bayCode, endedAt }: LoggedStart,
): Promise<LateStart> {
  const [other] = await tx.rows<{ handoffId: string }>(readOtherPlan, [driverId, uuid(handoffId)]);
  const truckCase = await cases.ofHandoff(handoffId)(tx, now);
  const elsewhere = other && (await cases.ofHandoff(other.handoffId)(tx, now));
  const { stationCode } = truckCase.place;
  const [locked, [shift], [pause], bayIsThere, [occupant], consents] = await together<
    [LockedDriver, Shift[], NonNullable<LateStart['pause']>[], boolean, Occupant[], Consent[]]
  >([
    loadDriverFacts(tx, driverId, now.at),
    tx.rows<Shift>(readShift, [driverId, now.at]),
    readPause(tx, stationCode, now.at),
    lockBay(tx, handoffId, bayCode),
    tx.rows<Occupant>(readOccupant, [stationCode, bayCode, uuid(handoffId), now.at, endedAt ?? null]),
    lockConsents(tx, uuid(handoffId), now.at),
  ]);
  const { liveHandoff } = locked;
  if (liveHandoff && ![handoffId, other?.handoffId].includes(liveHandoff.handoffId)) {
    const message = `driver ${driverId} was assigned to another handoff just now: read it again`;
    throw conflict('STATE.CHANGED_MEANWHILE', message, { driverId });
  }
  const driver = { ...locked, facts: { ...locked.facts, shift } };
  return { truckCase, driver, elsewhere, pause, bayIsThere, occupant, consents };
}

/** The station is locked first: nobody suspends it meanwhile. */
async function readPause(tx: Transaction, stationCode: string, at: number): Promise<NonNullable<LateStart['pause']>[]> {
  const [, pauses] = await together<[object[], NonNullable<LateStart['pause']>[]]>([
    tx.rows('SELECT 1 FROM station.stations WHERE station_code = $1 FOR SHARE', [stationCode]),
    tx.rows(readPauses, [stationCode, at]),
  ]);
  return pauses;
}

const readOtherPlan = `
  SELECT h.handoff_id AS "handoffId" FROM station.handoffs h
  WHERE h.driver_id = $1 AND h.state IN ('assigned', 'accepted', 'started') AND h.handoff_id <> $2`;

const readShift = `
  SELECT s.station_code AS "stationCode", s.ends_at AS "endsAt" FROM station.ended_shifts s
  WHERE s.driver_id = $1 AND s.started_at <= to_timestamp($2::double precision / 1000)
    AND s.ended_at >= to_timestamp($2::double precision / 1000)
  UNION ALL
  SELECT d.shift_station_code, d.shift_ends_at FROM station.drivers d
  WHERE d.driver_id = $1 AND d.shift_started_at <= to_timestamp($2::double precision / 1000)
  LIMIT 1`;

/** As the contract has it: a pause holds from its first instant on, and no longer at its last. */
const readPauses = `
  SELECT p.why, p.from_at AS "fromAt" FROM station.station_pauses p
  WHERE p.station_code = $1 AND p.from_at <= to_timestamp($2::double precision / 1000)
    AND (p.to_at IS NULL OR p.to_at > to_timestamp($2::double precision / 1000))
  ORDER BY p.from_at LIMIT 1`;

/** Half-open: one swap may start at the instant at which the other ends. */
const readOccupant = `
  SELECT h.handoff_id AS "handoffId", h.started_at AS "startedAt", coalesce(h.custody_at, h.aborted_at) AS "endedAt"
  FROM station.handoffs h
  WHERE h.station_code = $1 AND h.bay_code = $2 AND h.handoff_id <> $3 AND h.started_at IS NOT NULL
    AND ($5::double precision IS NULL OR h.started_at < to_timestamp($5::double precision / 1000))
    AND (coalesce(h.custody_at, h.aborted_at) IS NULL OR coalesce(h.custody_at, h.aborted_at) > to_timestamp($4::double precision / 1000))
  ORDER BY h.started_at LIMIT 1`;
