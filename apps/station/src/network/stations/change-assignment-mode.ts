import { Injectable } from '@nestjs/common';
import type { AssignmentMode } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { lockStation, type StationAnswer } from './station.repository.js';

export interface ChangeAssignmentModeInput {
  readonly stationCode: string;
  readonly assignmentMode: AssignmentMode;
}

/** Says whether what the scheduler proposes for a station is assigned at once, or waits for a person. */
@Injectable()
export class ChangeAssignmentMode {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: ChangeAssignmentModeInput): Promise<StationAnswer> {
    const { stationCode, assignmentMode } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const station = await lockStation(tx, stationCode);
      const { areaCode, state } = station;
      if (station.assignmentMode === assignmentMode) {
        throw new Problem(
          'conflict',
          'STATION.MODE_UNCHANGED',
          `station ${stationCode} is on ${assignmentMode} already`,
        );
      }
      const { version } = await tx.one<{ version: number }>(updateMode, [stationCode, assignmentMode]);
      const data = { stationCode, assignmentMode };
      const subject = `station/${stationCode}`;
      return {
        events: [newEvent({ name: 'station.assignment_mode_changed', subject, areaCode, time: change.at, data })],
        answer: { stationCode, areaCode, state, version },
      };
    });
  }
}

const updateMode = `
  UPDATE station.stations SET assignment_mode = $2, version = version + 1 WHERE station_code = $1 RETURNING version`;
