import { Injectable } from '@nestjs/common';
import { LogReader } from '@yizhan/event-log';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Clock, Ids, Problem } from '@yizhan/kernel';
import { Once } from '../changes/once.js';
import { lockSubscription } from '../subscriptions/subscription.js';

/** `all`: whatever came of it. `undelivered`: what has failed for good, and what was never made into a delivery. */
export const replayed = ['all', 'undelivered'] as const;

export interface ReplayWish {
  readonly what: (typeof replayed)[number];
  /** Epoch milliseconds; by when an event was recorded. */
  readonly since: number;
  /** Everything that the log has by now where it is missing, whatever the clocks said that recorded it. */
  readonly until?: number;
}

export interface ReplayAnswer {
  readonly replayId: string;
}

const mostRunning = 3;
const day = 24 * 3_600_000;
/** What was delivered longer ago is not known any more: see `purge`. */
const deliveredKnownFor = 14 * day;
/** Positions follow the times of recording but for the clocks of several processes. */
const slack = 1_000;

/** Sends again what happened within a time, or recovers all of it that has not arrived. */
@Injectable()
export class BeginReplay {
  constructor(
    private readonly once: Once,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly reader: LogReader,
  ) {}

  async execute(request: ChangeRequest, caller: Caller, id: string, wish: ReplayWish): Promise<ReplayAnswer> {
    const { what, since, until } = wish;
    if (since >= (until ?? this.clock.now())) {
      const [field, message] =
        until === undefined ? ['since', 'since must be past'] : ['until', 'until must be after since'];
      throw new Problem('invalid', 'REPLAY.TIMES', message, { field });
    }
    if (what === 'undelivered' && since < this.clock.now() - deliveredKnownFor) {
      const message = 'what was delivered more than 14 days ago is not known any more: ask for `all`, or for less';
      throw new Problem('invalid', 'REPLAY.TOO_OLD', message, { field: 'since' });
    }
    const first = Math.max(0, (await this.#positionAt(since)) - slack);
    const head = await this.reader.head();
    const asked = until === undefined ? head : Math.min(head, (await this.#positionAt(until)) + slack);
    return this.once.execute(request, async ({ tx, at }) => {
      const { position } = await lockSubscription(tx, caller, id);
      const [{ count }] = await tx.rows<{ count: number }>(countRunning, [id]);
      if (count >= mostRunning) {
        const message = `${mostRunning} replays of it are running; wait for one to end`;
        throw new Problem('conflict', 'REPLAY.TOO_MANY', message, { most: mostRunning });
      }
      const replayId = this.ids.uuid(`${request.caller}|${request.key}|replay`, at);
      // What lies beyond its place is delivered anyway, unless it is skipped: see `PauseSubscription`.
      const end = Math.min(asked, position);
      await tx.rows(insert, [
        replayId,
        id,
        what,
        since,
        until ?? null,
        Math.min(first, end),
        end,
        at,
        request.caller,
        asked,
      ]);
      return { replayId };
    });
  }

  /** Position of about the last event that was recorded before an instant: halves the log. */
  async #positionAt(instant: number): Promise<number> {
    let [low, high] = [0, await this.reader.head()];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [entry] = await this.reader.documentsAfter(middle, 1);
      const { recordedtime } = entry ? (JSON.parse(entry.document) as { recordedtime?: string }) : {};
      if (recordedtime !== undefined && Date.parse(recordedtime) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const countRunning = `SELECT count(*) AS count FROM dispatch.replays WHERE subscription_id = $1 AND state = 'running'`;

const insert = `
  INSERT INTO dispatch.replays (replay_id, subscription_id, what, since_at, until_at, position, last_position, state,
    created_at, created_by, asked_position)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000), to_timestamp($5::double precision / 1000), $6, $7, 'running',
    to_timestamp($8::double precision / 1000), $9, $10)`;
