import { Injectable } from '@nestjs/common';
import type { Transaction } from '@yizhan/persistence';
import { exceptionRule, type PolicyRules } from '@yizhan/policy';
import { openExceptions } from '../cases/load-case.js';
import { Policies } from '../cases/policies.js';
import type { Now } from '../cases/truck-case.js';
import type { Change, Outcome } from '../changes/changes.js';
import type { StationState } from '../network/stations/relay-station.js';
import { writeTimer } from '../timers/write-timer.js';
import { writeExceptionChange } from './exception-rows.js';
import {
  type ExceptionCode,
  type ExceptionSteps,
  type ExceptionSubject,
  noExceptions,
  type OpenException,
  raise,
  settle,
} from './raising.js';

/** A station that stands still, or has stood still, with the trucks that are there. */
export interface WatchedStation {
  readonly stationCode: string;
  readonly areaCode: string;
  readonly state: StationState;
  readonly trucks: number;
  /** Open exceptions of the station itself. */
  readonly exceptions: readonly OpenException[];
}

const codeOf = { suspended: 'station_suspended', closed: 'station_closed' } as const;

/** Trucks wait where no swap starts: an exception of the station until it resumes, or the last of them has left. */
export function watchStation(
  { stationCode, areaCode, state, trucks, exceptions }: WatchedStation,
  rules: PolicyRules | undefined,
  now: Now,
): ExceptionSteps {
  const about: ExceptionSubject = {
    subject: `station/${stationCode}`,
    areaCode,
    stationCode,
    visitId: null,
    runId: null,
    carrierId: null,
  };
  const wanted: ExceptionCode | undefined = state === 'open' || trucks === 0 ? undefined : codeOf[state];
  const how = state === 'open' ? 'station_resumed' : trucks === 0 ? 'no_truck_waits' : `station_${state}`;
  const settled = settle(about, exceptions, ({ code }) => code !== wanted, how, now.at);
  const raised = wanted ? raise(about, exceptions, wanted, now, rules) : noExceptions;
  return {
    exceptions: [...settled.exceptions, ...raised.exceptions],
    events: [...settled.events, ...raised.events],
  };
}

/** A station has stopped: after a while it is looked whether trucks wait there. */
export async function watchTrucksAt(
  { tx, at }: Change,
  policies: Policies,
  stationCode: string,
  code: 'station_suspended' | 'station_closed',
): Promise<void> {
  const { opensAfterSeconds = 0 } = exceptionRule(await policies.ofStation(tx, stationCode), code);
  writeTimer(tx, { kind: 'station_watch', ref: stationCode, dueAt: at + opensAfterSeconds * 1000 });
}

@Injectable()
export class WatchStation {
  constructor(private readonly policies: Policies) {}

  /** What the timer `station_watch` does; it is set where a station stops, resumes, or a truck comes or leaves meanwhile. */
  async fire(change: Change, stationCode: string): Promise<Outcome<boolean>> {
    const { tx } = change;
    const [station, rules] = [await load(tx, stationCode), await this.policies.ofStation(tx, stationCode)];
    const steps = station ? watchStation(station, rules, change) : noExceptions;
    for (const exception of steps.exceptions) writeExceptionChange(tx, exception);
    writeTimer(tx, { kind: 'station_watch', ref: stationCode, dueAt: null });
    return { events: steps.events, answer: steps.events.length > 0 };
  }
}

interface StationRow extends Omit<WatchedStation, 'exceptions'> {
  readonly exceptions: readonly OpenException[] | null;
}

async function load(tx: Transaction, stationCode: string): Promise<WatchedStation | undefined> {
  const [, [row]] = await Promise.all([
    tx.rows(lockStation, [stationCode]),
    tx.rows<StationRow>(readStation, [stationCode]),
  ]);
  return row && { ...row, exceptions: row.exceptions ?? [] };
}

const lockStation = 'SELECT 1 FROM station.stations WHERE station_code = $1 FOR UPDATE';

const readStation = `
  SELECT s.station_code AS "stationCode", s.area_code AS "areaCode", s.state,
    (SELECT count(*) FROM station.visits v WHERE v.station_code = s.station_code AND v.state = 'arrived') AS trucks,
    ${openExceptions(`= 'station/' || s.station_code`)} AS exceptions
  FROM station.stations s WHERE s.station_code = $1`;
