import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { lockStation, type StationAnswer } from './station.repository.js';

export interface ChangeBaysInput {
  readonly stationCode: string;
  readonly add: readonly string[];
  readonly close: readonly string[];
}

export interface ChangedBays extends StationAnswer {
  readonly bays: readonly string[];
}

/** Adds bays to a station, and closes those where nothing is under way. */
@Injectable()
export class ChangeBays {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode, add, close }: ChangeBaysInput): Promise<ChangedBays> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      // Starts lock the station too: what is read of the bays now stands still.
      const { areaCode, state } = await lockStation(tx, stationCode);
      const before = await tx.rows<Bay>(readBays, [stationCode]);
      const bays = baysAfter(stationCode, before, add, close);
      const version = await write(tx, stationCode, add, close);
      const data = { stationCode, bays, added: [...add], closed: [...close] };
      const subject = `station/${stationCode}`;
      return {
        events: [newEvent({ name: 'station.bays_changed', subject, areaCode, time: change.at, data })],
        answer: { stationCode, areaCode, state, version, bays },
      };
    });
  }
}

export interface Bay {
  readonly bayCode: string;
  readonly isOccupied: boolean;
}

/** The bays that are there afterwards, in order. @throws Problem. */
export function baysAfter(
  stationCode: string,
  before: readonly Bay[],
  add: readonly string[],
  close: readonly string[],
): string[] {
  const changed = [...add, ...close];
  if (changed.length === 0 || new Set(changed).size < changed.length) {
    throw new Problem('invalid', 'STATION.BAYS', 'name at least one bay to add or close, and each once');
  }
  const codes = before.map(({ bayCode }) => bayCode);
  const there = add.find((code) => codes.includes(code));
  if (there !== undefined) {
    throw new Problem('conflict', 'BAY.ALREADY_THERE', `station ${stationCode} has bay ${there} already`);
  }
  for (const code of close) {
    const bay = before.find(({ bayCode }) => bayCode === code);
    if (!bay) {
      throw new Problem('not_found', 'BAY.NOT_FOUND', `station ${stationCode} has no bay ${code}`, { bays: codes });
    }
    if (bay.isOccupied) {
      throw new Problem('conflict', 'BAY.OCCUPIED', `a handoff is under way in bay ${code}: it ends first`);
    }
  }
  const after = [...codes.filter((code) => !close.includes(code)), ...add].toSorted();
  if (after.length === 0) {
    throw new Problem('invalid', 'STATION.BAYS', 'a station keeps at least one bay: suspend or close it instead');
  }
  return after;
}

async function write(tx: Transaction, stationCode: string, add: readonly string[], close: readonly string[]) {
  const [{ version }] = await Promise.all([
    tx.one<{ version: number }>(countVersion, [stationCode]),
    tx.rows(addBays, [stationCode, add]),
    tx.rows(removeBays, [stationCode, close]),
  ]);
  return version;
}

const readBays = `
  SELECT b.bay_code AS "bayCode",
         EXISTS (SELECT FROM station.handoffs h WHERE h.station_code = $1 AND h.bay_code = b.bay_code AND h.state = 'started') AS "isOccupied"
  FROM station.bays b WHERE b.station_code = $1 ORDER BY b.bay_code`;

const countVersion = `UPDATE station.stations SET version = version + 1 WHERE station_code = $1 RETURNING version`;

const addBays = `INSERT INTO station.bays (station_code, bay_code) SELECT $1, unnest($2::text[])`;

const removeBays = `DELETE FROM station.bays WHERE station_code = $1 AND bay_code = ANY ($2)`;
