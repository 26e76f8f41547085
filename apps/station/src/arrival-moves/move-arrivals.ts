import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { conflict, invalid } from '../cases/problems.js';
import { visitRows } from '../cases/rows.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { lockStation } from '../network/stations/station.repository.js';
import { whyNotMoved, type WhyNotMoved } from './movable-visit.js';
import { movedEvent, movedTo } from '../visits/moved-visit.js';
import type { Visit } from '../visits/visit.js';

export interface MoveArrivalsInput {
  /** For which they are announced. */
  readonly stationCode: string;
  readonly toStationCode: string;
  readonly visitIds: readonly string[];
  /** A code, never free text. */
  readonly reason: string;
  /** Until when arrivals are moved, epoch milliseconds. */
  readonly until?: number;
}

/** What has become of each visit. */
export interface MovedArrivals {
  readonly moved: readonly string[];
  readonly skipped: readonly { readonly visitId: string; readonly why: WhyNotMoved }[];
}

interface Found {
  readonly visit: Visit;
  /** The other station serves its zone. */
  readonly serves: boolean;
}

/**
 * Announced trucks are to come to another station of the area. Each carrier is told of its own. What stands at the gate already is left
 * alone, and so is whatever is not announced for the station any more: asked for twice, it is done once.
 */
@Injectable()
export class MoveArrivals {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: MoveArrivalsInput): Promise<MovedArrivals> {
    const { stationCode, toStationCode, reason, until } = input;
    if (stationCode === toStationCode)
      throw invalid('ARRIVALS.SAME_STATION', 'arrivals are moved to another station', { field: 'toStationCode' });
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const found = await lockPlaces(tx, input);
      const { at } = change;
      if (until !== undefined && until <= at)
        throw invalid('ARRIVALS.ENDS_BEFORE_START', 'what is moved until a time is moved before it', {
          field: 'until',
        });
      const skipped = input.visitIds.flatMap((visitId) => {
        const why = whyNotMoved(found.get(visitId), input);
        return why ? [{ visitId, why }] : [];
      });
      const left = new Set(skipped.map(({ visitId }) => visitId));
      const moved = [...found.values()].filter(({ visit }) => !left.has(visit.visitId)).map(({ visit }) => visit);
      const visitIds = moved.map(({ visitId }) => visitId);
      if (moved.length > 0) tx.last(move, [visitIds, stationCode, toStationCode]);
      const events = moved.map((visit) =>
        movedEvent(movedTo(visit, toStationCode), at, {
          fromStationCode: stationCode,
          reason,
          byId: request.caller,
          ...(until !== undefined && { untilAt: toIso(until) }),
        }),
      );
      return { events, answer: { moved: visitIds, skipped } };
    });
  }
}

/**
 * The visits in the order of their ids, then both stations as they stand until the end: whoever else locks a visit and a station takes the
 * visit first, too. @throws Problem where nobody can come there.
 */
async function lockPlaces(tx: Transaction, input: MoveArrivalsInput): Promise<Map<string, Found>> {
  const { stationCode, toStationCode, visitIds } = input;
  const rows = await tx.rows<{ visit: Visit }>(lockVisits, [visitIds]);
  const pair = new Map<string, Awaited<ReturnType<typeof lockStation>>>();
  for (const code of [stationCode, toStationCode].toSorted()) pair.set(code, await lockStation(tx, code));
  const [from, to] = [pair.get(stationCode), pair.get(toStationCode)];
  if (from?.areaCode !== to?.areaCode) {
    throw invalid('ARRIVALS.OTHER_AREA', 'arrivals are moved within an area', { field: 'toStationCode' });
  }
  if (to?.state !== 'open') {
    const message = `station ${toStationCode} is ${to?.state}: nobody is sent there`;
    throw conflict('ARRIVALS.STATION_NOT_OPEN', message, {
      stationCode: toStationCode,
      ...given({ state: to?.state }),
    });
  }
  const zones = await tx.rows<{ zoneId: string }>(readZonesServed, [toStationCode]);
  const served = new Set(zones.map(({ zoneId }) => zoneId));
  return new Map(rows.map(({ visit }) => [visit.visitId, { visit, serves: served.has(visit.zoneId) }]));
}

const lockVisits = `
  SELECT ${visitRows.json('v')} AS visit FROM station.visits v
  WHERE v.visit_id = ANY ($1::uuid[]) ORDER BY v.visit_id FOR UPDATE`;

const readZonesServed = `
  SELECT z.zone_id AS "zoneId" FROM station.stations s, station.zones z
  WHERE s.station_code = $1 AND (z.zone_id = ANY (s.zone_ids) OR s.station_code = ANY (z.station_codes))`;

const move = `
  UPDATE station.visits SET station_code = $3, version = version + 1,
    moved_from = array_remove(array_append(array_remove(coalesce(moved_from, '{}'), $2), $2), $3)
  WHERE visit_id = ANY ($1::uuid[])`;
