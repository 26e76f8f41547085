import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { changeStation, type StationAnswer } from './station.repository.js';

export interface SuspendStationInput {
  readonly stationCode: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** Stops swaps at a station for a while: no handoff starts from then on. */
@Injectable()
export class SuspendStation {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode, reason }: SuspendStationInput): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const answer = await changeStation(change, stationCode, 'suspend');
      const { areaCode } = answer;
      const data = { stationCode, reason };
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.suspended', subject, areaCode, time: change.at, data })], answer };
    });
  }
}
