import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { Policies } from '../../cases/policies.js';
import { watchTrucksAt } from '../../exceptions/watch-station.js';
import { changeStation, type StationAnswer } from './station.repository.js';

export interface SuspendStationInput {
  readonly stationCode: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** Stops swaps at a station for a while: no handoff starts from then on. */
@Injectable()
export class SuspendStation {
  constructor(
    private readonly changes: Changes,
    private readonly policies: Policies,
  ) {}

  execute(request: StationRequest, { stationCode, reason }: SuspendStationInput): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const answer = await changeStation(change, stationCode, 'suspend');
      const { areaCode } = answer;
      await watchTrucksAt(change, this.policies, stationCode, 'station_suspended');
      const data = { stationCode, reason };
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.suspended', subject, areaCode, time: change.at, data })], answer };
    });
  }
}
