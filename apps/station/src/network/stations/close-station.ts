import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { Policies } from '../../cases/policies.js';
import { watchTrucksAt } from '../../exceptions/watch-station.js';
import { changeStation, type StationAnswer } from './station.repository.js';

export interface CloseStationInput {
  readonly stationCode: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** Ends a station: no handoff starts there, and no truck comes in, unless it is opened again. */
@Injectable()
export class CloseStation {
  constructor(
    private readonly changes: Changes,
    private readonly policies: Policies,
  ) {}

  execute(request: StationRequest, { stationCode, reason }: CloseStationInput): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const answer = await changeStation(change, stationCode, 'close');
      const { areaCode } = answer;
      await watchTrucksAt(change, this.policies, stationCode, 'station_closed');
      const data = { stationCode, reason };
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.closed', subject, areaCode, time: change.at, data })], answer };
    });
  }
}
