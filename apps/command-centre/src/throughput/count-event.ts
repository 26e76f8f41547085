import { Injectable } from '@nestjs/common';
import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { loggedEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import { countOf, isCounted } from './count.js';

/** Adds one event to its figure; what is retracted is taken out of the figure that it was added to. */
@Injectable()
export class CountEvent {
  async execute(event: YizhanEvent, tx: Transaction): Promise<void> {
    add(event, 1, tx);
    if (!isEvent(event, 'record.retracted')) return;
    // The event that it takes back may have been counted by another process, or long ago: the log has it before the retraction.
    const retracted = await loggedEvent(tx, event.subject, event.data.retractedEventId);
    if (retracted && isCounted(retracted)) add(retracted, -1, tx);
  }
}

function add(event: YizhanEvent, by: 1 | -1, tx: Transaction): void {
  const { hour, areaCode, stationCode, figure, split } = countOf(event);
  tx.last(addToFigure, [hour, areaCode, stationCode, figure, split, by]);
}

const addToFigure = `
  INSERT INTO command_centre.throughput AS t (hour, area_code, station_code, figure, split, count)
  VALUES (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6)
  ON CONFLICT (hour, area_code, station_code, figure, split) DO UPDATE SET count = t.count + EXCLUDED.count`;
