import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { lostAtRest } from '../../support/load/acknowledged.js';
import { AnnouncementLoad } from '../../support/load/announcement-load.js';
import { works } from '../../support/load/load-network.js';
import { percentile, rounded, tell } from '../ground/figures.js';
import type { AgedProduct } from './aged-product.js';
import { EventWatch } from './event-watch.js';

export interface SnapshotOptions {
  /** Events a second, before and while the snapshot is held. */
  readonly rate: number;
  /** How long it is held. */
  readonly seconds: number;
}

/** Longest stretch that is measured, at the end of the time before the snapshot and of that with it. */
const mostSeconds = 60;
const probeEvery = 100;
const goals = { relay: 1.2, latestMilliseconds: 1_000 };

/** How long an event takes from before its request to a client of the live stream, while a snapshot keeps every dead row. */
export async function holdSnapshot(aged: AgedProduct, { rate, seconds }: SnapshotOptions) {
  aged.client.acknowledged.clear();
  const load = new AnnouncementLoad(aged.client, aged.areas, rate);
  const watch = await EventWatch.open(aged);
  load.start();
  const measured = Math.min(mostSeconds, seconds);
  const before = await probe(aged, watch, measured);
  const holder = await aged.connect();
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  // The first statement takes the snapshot.
  await holder.query('SELECT count(*) FROM event_log.outbox');
  tell(`the snapshot is held for ${seconds} s`);
  const between = await probe(aged, watch, seconds - measured);
  const held = await probe(aged, watch, measured);
  const [dead] = await aged.rows<{ outbox: number }>(
    "SELECT n_dead_tup::int AS outbox FROM pg_stat_user_tables WHERE schemaname = 'event_log' AND relname = 'outbox'",
  );
  await holder.query('COMMIT');
  await holder.end();
  await load.finish();
  watch.close();
  const { lost, doubled } = await lostAtRest(aged, aged.client.acknowledged);
  const at = (share: number): number => rounded(percentile(held, share) / percentile(before, share));
  const latest = rounded(Math.max(...between, ...held));
  return {
    eventsASecond: rate,
    seconds,
    deadRowsOfOutbox: dead?.outbox ?? 0,
    relay: { p50: at(0.5), p95: at(0.95), goal: goals.relay, met: at(0.5) <= goals.relay && at(0.95) <= goals.relay },
    milliseconds: { before: figuresOf(before), held: figuresOf(held) },
    latest: { milliseconds: latest, goal: goals.latestMilliseconds, met: latest <= goals.latestMilliseconds },
    lost: lost.length,
    doubled: doubled.length,
  };
}

const figuresOf = (times: readonly number[]) => ({
  p50: rounded(percentile(times, 0.5)),
  p95: rounded(percentile(times, 0.95)),
});

/** Announces a truck ten times a second, and cancels it again. */
async function probe({ client, areas: [area] }: AgedProduct, watch: EventWatch, seconds: number): Promise<number[]> {
  if (!area) throw new Error('there is no area');
  const times: number[] = [];
  for (const end = performance.now() + seconds * 1_000; performance.now() < end;) {
    const visitId = randomUUID();
    const begun = performance.now();
    const sent = works(client, 'visits/announcements', {
      visitId,
      stationCode: area.stationCode,
      zoneId: area.zoneId,
      flow: 'into_zone',
      truck: { plate: `浙C${visitId.slice(0, 5).toUpperCase()}`, plateColour: 'yellow', licenceRequired: 'A2' },
      carrierId: area.carrierId,
      expectedAt: new Date(Date.now() + 3_600_000).toISOString(),
      consignments: [],
    });
    const [cameAt] = await Promise.all([watch.cameAt(visitId), sent]);
    times.push(cameAt - begun);
    await works(client, `visits/${visitId}/cancellation`, { reason: 'plans_changed' });
    await pause(Math.max(0, begun + probeEvery - performance.now()));
  }
  return times;
}
