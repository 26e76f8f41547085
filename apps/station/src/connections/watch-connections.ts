import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { StorageSign } from '@yizhan/service-process';
import { STORAGE } from '../storage/storage.controller.js';
import { CutOffStation } from './cut-off-station.js';

const second = 1_000;
const lookEvery = 60 * second;
/** Who has not looked for so long has not listened either. */
const listensFor = 120 * second;
/** How long a station may be silent where the policy does not say. */
export const usualSilenceSeconds = 300;

/**
 * Looks for stations of which nothing was heard for longer than their policy allows. Silence counts while this process has
 * listened: after a restart, or where the database was away or the disk full, each station has its whole time anew. A station
 * of which no device was heard, ever or since a person has said that its link is back, is not watched.
 */
@Injectable()
export class WatchConnections {
  #lookedAt = -Infinity;
  #lookAgainAt = -Infinity;
  #listensSince = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cutOff: CutOffStation,
    @Inject(STORAGE) private readonly storage: { readonly sign: Pick<StorageSign, 'state'> | undefined },
  ) {}

  /** @returns how many stations were found cut off. */
  async fireDue(): Promise<number> {
    if (this.storage.sign?.state === 'full') {
      // Heartbeats are refused with every other change, and nothing is to be written.
      this.#lookedAt = this.#lookAgainAt = -Infinity;
      return 0;
    }
    const now = this.clock.now();
    if (now < this.#lookAgainAt) return 0;
    if (now > this.#lookedAt + listensFor) this.#listensSince = now;
    const heard = await this.database.rows<Heard>(findHeard, [usualSilenceSeconds]);
    this.#lookedAt = now;
    this.#lookAgainAt = now + lookEvery;
    let found = 0;
    for (const { stationCode, heardAt, seconds } of heard) {
      const silentAt = Math.max(heardAt, this.#listensSince) + seconds * second;
      if (silentAt > now) this.#lookAgainAt = Math.min(this.#lookAgainAt, silentAt);
      else if (await this.cutOff.executeAsSilent(stationCode, heardAt)) found += 1;
    }
    return found;
  }
}

interface Heard {
  readonly stationCode: string;
  readonly heardAt: number;
  /** How long it may be silent. */
  readonly seconds: number;
}

/** The shortest time of the policies of the zones that a station serves; a policy that says 0 watches none. */
const findHeard = `
  SELECT s.station_code AS "stationCode", s.heard_at AS "heardAt", rule.seconds
  FROM station.stations s CROSS JOIN LATERAL (
    SELECT min(nullif(coalesce((p.rules -> 'timers' ->> 'stationSilentAfterSeconds')::double precision, $1), 0)) AS seconds
    FROM station.zones z JOIN station.policies p
      ON p.policy_id = z.policy_id AND p.version = z.policy_version AND p.area_code = z.area_code
    WHERE z.area_code = s.area_code AND z.zone_id = ANY(s.zone_ids) AND z.lifted_at IS NULL) AS rule
  WHERE s.heard_at IS NOT NULL AND s.cut_off_at IS NULL AND s.state <> 'closed' AND rule.seconds IS NOT NULL
  ORDER BY s.station_code`;
