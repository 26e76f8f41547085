import { Injectable } from '@nestjs/common';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { countOf } from './count.js';

/** Adds one event to its figure. */
@Injectable()
export class CountEvent {
  execute(event: YizhanEvent, tx: Transaction): void {
    const { hour, areaCode, stationCode, figure, split } = countOf(event);
    tx.last(addOne, [hour, areaCode, stationCode, figure, split]);
  }
}

const addOne = `
  INSERT INTO command_centre.throughput AS t (hour, area_code, station_code, figure, split, count)
  VALUES (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, 1)
  ON CONFLICT (hour, area_code, station_code, figure, split) DO UPDATE SET count = t.count + 1`;
