import { Injectable } from '@nestjs/common';
import type { OpeningHours } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { lockStation, type StationAnswer } from '../stations/station.repository.js';

export interface SetOpeningHoursInput {
  readonly stationCode: string;
  readonly hours: OpeningHours;
}

/** Says when a station is open. Trucks that come at other times are still taken in, and it is said of them. */
@Injectable()
export class SetOpeningHours {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, { stationCode, hours }: SetOpeningHoursInput): Promise<StationAnswer> {
    assertOneExceptionADay(hours);
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode, state } = await lockStation(tx, stationCode);
      const { version } = await tx.one<{ version: number }>(updateHours, [stationCode, JSON.stringify(hours)]);
      const data = { stationCode, hours };
      const subject = `station/${stationCode}`;
      return {
        events: [newEvent({ name: 'station.hours_changed', subject, areaCode, time: change.at, data })],
        answer: { stationCode, areaCode, state, version },
      };
    });
  }
}

export function assertOneExceptionADay({ exceptions }: OpeningHours): void {
  const dates = exceptions.map(({ date }) => date);
  const twice = dates.find((date, index) => dates.indexOf(date) !== index);
  if (twice === undefined) return;
  throw new Problem('invalid', 'STATION.HOURS', `the exceptions name ${twice} twice: name each day once`, {
    field: 'exceptions',
    date: twice,
  });
}

const updateHours = `
  UPDATE station.stations SET opening_hours = $2, version = version + 1 WHERE station_code = $1 RETURNING version`;
