import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { toIso } from '@yizhan/kernel';
import { administrator, works } from '../../support/load/load-network.js';
import { arrivalOf, checks, completionOf } from '../../support/load/truck-load.js';
import type { AgedProduct } from './aged-product.js';
import type { EventWatch } from './event-watch.js';

/** What somebody waits for. */
export const hotPaths = [
  'arrive',
  'check',
  'assigned',
  'accept',
  'start',
  'complete',
  'depart',
  'close',
  'streamed',
  'board',
  'visit',
  'truck',
  'drivers',
  'feed',
  'centre',
] as const;
export type HotPath = (typeof hotPaths)[number];
export type Times = Record<HotPath, number[]>;

export const noTimes = (): Times => Object.fromEntries(hotPaths.map((path) => [path, [] as number[]])) as Times;

const lookEvery = 2;
const assignedWithin = 60_000;

/**
 * Takes the times, in milliseconds, of the truck of a number from its arrival until its run is over, and of what is
 * read meanwhile. `assigned` is from the answer to the check until a driver is assigned, `streamed` from before the arrival
 * until its event is with a client of the live stream.
 */
export async function timeTruck(aged: AgedProduct, watch: EventWatch, number: number, times: Times): Promise<void> {
  const area = aged.areas[number % aged.areas.length];
  if (!area) throw new Error('there is no area');
  const { client } = aged;
  const [outsideDriver = ''] = area.outsideDrivers;
  const [visitId, runId] = [randomUUID(), randomUUID()];
  const plate = `浙B${visitId.slice(0, 5).toUpperCase()}`;
  const timed = async <T>(path: HotPath, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    times[path].push(performance.now() - begun);
    return result;
  };
  const ask = (path: HotPath, url: string, body: object = {}) => timed(path, () => works(client, url, body));
  const read = (path: HotPath, url: string) =>
    timed(path, async () => {
      const { status, body } = await client.get(administrator, url);
      if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
      return body;
    });
  const begun = performance.now();
  await ask('arrive', 'visits', arrivalOf(area, visitId, plate, outsideDriver));
  times.streamed.push((await watch.cameAt(visitId)) - begun);
  await ask('check', `visits/${visitId}/checks`, { checks });
  const { handoffId, driverId } = await timed('assigned', () => assigned(aged, visitId));
  await read('board', `stations/${area.stationCode}/board`);
  await read('drivers', `drivers?areaCode=${area.areaCode}`);
  await ask('accept', `handoffs/${handoffId}/acceptance`, { driverId });
  const authorisation = { carrierId: area.carrierId, by: 'dispatcher-1', at: toIso(Date.now()) };
  await ask('start', `handoffs/${handoffId}/start`, { bayCode: '1', authorisation });
  await ask('complete', `handoffs/${handoffId}/completion`, completionOf(outsideDriver, driverId));
  await read('visit', `visits/${visitId}`);
  await read('truck', `trucks/${encodeURIComponent(plate)}`);
  await ask('depart', `visits/${visitId}/departure`, { outcome: 'swapped', runId });
  await ask('close', `runs/${runId}/closure`, { how: 'stayed' });
  await read('feed', `events?after=${Math.max(0, watch.position - 100)}&limit=100`);
  await read('centre', `command-centre/areas/${area.areaCode}/board`);
}

async function assigned({ client }: AgedProduct, visitId: string): Promise<{ handoffId: string; driverId: string }> {
  const end = performance.now() + assignedWithin;
  while (performance.now() < end) {
    const { body } = await client.get(administrator, `visits/${visitId}`);
    const { handoffId, driverId } = body;
    if (typeof handoffId === 'string' && typeof driverId === 'string') return { handoffId, driverId };
    await pause(lookEvery);
  }
  throw new Error(`visit ${visitId} has no driver after ${assignedWithin / 1_000} s`);
}
