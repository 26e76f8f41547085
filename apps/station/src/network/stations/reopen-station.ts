import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { writeTimer } from '../../timers/write-timer.js';
import { changeStation, readStationFacts, type StationAnswer } from './station.repository.js';

/** Opens a closed station again, as it was: with its bays, for its zones. */
@Injectable()
export class ReopenStation {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode }: { readonly stationCode: string }): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const answer = await changeStation(change, stationCode, 'reopen');
      const { areaCode } = answer;
      writeTimer(change.tx, { kind: 'station_watch', ref: stationCode, dueAt: change.at });
      const data = await readStationFacts(change.tx, stationCode);
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.opened', subject, areaCode, time: change.at, data })], answer };
    });
  }
}
