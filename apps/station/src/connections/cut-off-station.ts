import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { conflict } from '../cases/problems.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import type { CutOffAnswer } from './connections.dto.js';
import { keepCutOff, lockConnection, type StationConnection } from './station-connection.js';

/** Of the event, where nobody has said so. */
const silent = 'silent';
/** Who was heard so lately is not cut off, milliseconds. */
const justNow = 60_000;

export interface CutOffStationInput {
  readonly stationCode: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** A station has lost its link: from now on nobody is assigned from outside who is there, nor to a truck that is there. */
@Injectable()
export class CutOffStation {
  constructor(private readonly changes: Changes) {}

  /** A person says so. @throws Problem `conflict` where it is known already, or the station was heard just now. */
  execute(request: StationRequest, { stationCode, reason }: CutOffStationInput): Promise<CutOffAnswer> {
    return this.changes.once(request, async (change) => {
      const station = await lockConnection(change.tx, stationCode);
      if (station.cutOffAt !== null) {
        throw conflict('STATION.CUT_OFF_ALREADY', `station ${stationCode} is cut off already`, { stationCode });
      }
      const { heardAt } = station;
      if (heardAt !== null && heardAt > change.at - justNow) {
        const message = `a device of station ${stationCode} was heard just now: it is not cut off`;
        throw conflict('STATION.HEARD_JUST_NOW', message, { stationCode, lastHeardAt: toIso(heardAt) });
      }
      return cutOff(change, stationCode, station, reason);
    });
  }

  /** Nothing was heard since. @param heardAt when the last device was. @returns whether it was cut off by that. */
  executeAsSilent(stationCode: string, heardAt: number): Promise<boolean> {
    const id = `silent:${stationCode}:${heardAt}`;
    return this.changes.alone({ id, causationId: id }, this.changes.now, async (change) => {
      const station = await lockConnection(change.tx, stationCode);
      if (station.cutOffAt !== null || station.heardAt !== heardAt) return { events: [], answer: false };
      return { ...cutOff(change, stationCode, station, silent), answer: true };
    });
  }
}

function cutOff(
  { tx, at }: Change,
  stationCode: string,
  { areaCode, heardAt }: StationConnection,
  reason: string,
): Outcome<CutOffAnswer> {
  keepCutOff(tx, stationCode, at);
  const data = { stationCode, reason, ...(heardAt === null ? {} : { lastHeardAt: toIso(heardAt) }) };
  const subject = `station/${stationCode}`;
  return {
    events: [newEvent({ name: 'station.cut_off', subject, areaCode, time: at, data })],
    answer: { stationCode, cutOffAt: toIso(at) },
  };
}
