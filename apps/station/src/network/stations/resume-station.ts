import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { writeTimer } from '../../timers/write-timer.js';
import { changeStation, type StationAnswer } from './station.repository.js';

export interface ResumeStationInput {
  readonly stationCode: string;
}

/** Lets handoffs start again at a suspended station. */
@Injectable()
export class ResumeStation {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode }: ResumeStationInput): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const answer = await changeStation(change, stationCode, 'resume');
      const { areaCode } = answer;
      writeTimer(change.tx, { kind: 'station_watch', ref: stationCode, dueAt: change.at });
      const data = { stationCode };
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.resumed', subject, areaCode, time: change.at, data })], answer };
    });
  }
}
