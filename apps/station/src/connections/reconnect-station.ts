import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { conflict } from '../cases/problems.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import type { ReconnectedAnswer } from './connections.dto.js';
import { forgetWhenHeard, keepCutOff, lockConnection } from './station-connection.js';

/** The link is back: the scheduler counts on the station again. */
@Injectable()
export class ReconnectStation {
  constructor(private readonly changes: Changes) {}

  /** A person says so, whatever was heard before. @throws Problem `conflict` where it is not cut off. */
  execute(request: StationRequest, stationCode: string): Promise<ReconnectedAnswer> {
    return this.changes.once(request, async (change) => {
      const { areaCode, cutOffAt } = await lockConnection(change.tx, stationCode);
      if (cutOffAt === null) {
        throw conflict('STATION.NOT_CUT_OFF', `station ${stationCode} is not cut off`, { stationCode });
      }
      forgetWhenHeard(change.tx, stationCode);
      return reconnected(change, stationCode, areaCode);
    });
  }

  /** A device is heard that has told all it had logged. @param cutOffAt since when the station was cut off. */
  async executeAsHeard(stationCode: string, cutOffAt: number): Promise<void> {
    const id = `heard:${stationCode}:${cutOffAt}`;
    await this.changes.alone({ id, causationId: id }, this.changes.now, async (change) => {
      const { areaCode, cutOffAt: since } = await lockConnection(change.tx, stationCode);
      if (since !== cutOffAt) return { events: [], answer: undefined };
      return reconnected(change, stationCode, areaCode);
    });
  }
}

function reconnected({ tx, at }: Change, stationCode: string, areaCode: string): Outcome<ReconnectedAnswer> {
  keepCutOff(tx, stationCode, null);
  const subject = `station/${stationCode}`;
  return {
    events: [newEvent({ name: 'station.reconnected', subject, areaCode, time: at, data: { stationCode } })],
    answer: { stationCode },
  };
}
