import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { ReconnectStation } from './reconnect-station.js';
import type { StationConnection } from './station-connection.js';
import { stationNotFound } from '../network/stations/station.repository.js';

/** A device at a station is heard, and keeps nothing that it has not told. */
@Injectable()
export class HearStation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reconnect: ReconnectStation,
  ) {}

  /** No change that anybody has to know of, but the end of one. @throws Problem `not_found`. */
  async execute(stationCode: string): Promise<void> {
    const now = this.clock.now();
    const [station] = await this.database.rows<Heard>(read, [stationCode]);
    if (!station) throw stationNotFound(stationCode);
    // The devices of a station beat all at once: one of them is enough.
    if (station.heardAt === null || station.heardAt < now - notAgainFor) {
      await this.database.rows(hear, [stationCode, now]);
    }
    if (station.cutOffAt !== null) await this.reconnect.executeAsHeard(stationCode, station.cutOffAt);
  }
}

const notAgainFor = 5_000;

type Heard = Pick<StationConnection, 'heardAt' | 'cutOffAt'>;

const read = 'SELECT heard_at AS "heardAt", cut_off_at AS "cutOffAt" FROM station.stations WHERE station_code = $1';

const hear = `
  UPDATE station.stations SET heard_at = greatest(heard_at, to_timestamp($2::double precision / 1000))
  WHERE station_code = $1`;
