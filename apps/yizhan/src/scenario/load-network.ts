import { createHash } from 'node:crypto';
import { Problem } from '@yizhan/kernel';
import { day, hour, localMidnight, minute } from '../replay/passages/local-time.js';
import type { Asked } from '../replay/people/steps.js';
import type { Perform } from '../replay/stage.js';
import { performerOf } from '../replay/use-cases.js';
import type { World } from '../replay/world.js';
import { minutesOf } from './check-scenario.js';
import { networkRequests, relayDriversOf } from './network-requests.js';
import type { Scenario } from './scenario.js';

/** What a scenario has brought into a running product. */
export interface LoadedNetwork {
  /** Requests carried out now; 0 where all of it was there before. */
  readonly loaded: number;
  /** Relay drivers whose shift is on now. */
  readonly onShift: number;
}

const caller = 'scenario';

/** Loads stations, zones, carriers, enterprises and relay drivers, once per log, and begins the shifts that are on now. */
export async function loadNetwork(
  world: World,
  scenario: Scenario,
  perform: Perform = performerOf(world),
): Promise<LoadedNetwork> {
  const answered = await world.answeredKeys(caller);
  const now = world.clock.now();
  let loaded = 0;
  for (const { key, ...asked } of networkRequests(scenario, now)) {
    if (answered.has(key)) continue;
    await ask(perform, key, asked, now);
    loaded += 1;
  }
  let onShift = 0;
  for (const { key, ...asked } of shiftRequests(scenario, now)) {
    if (answered.has(key) || (await began(perform, key, asked, now))) onShift += 1;
  }
  return { loaded, onShift };
}

function* shiftRequests(scenario: Scenario, now: number): Generator<Asked & { readonly key: string }> {
  for (const { driverId, group } of relayDriversOf(scenario)) {
    const today = localMidnight(now, scenario.utcOffsetMinutes) + minutesOf(group.shift.from) * minute;
    const startsAt = today <= now ? today : today - day;
    const endsAt = startsAt + group.shift.hours * hour;
    if (endsAt <= now) continue;
    yield {
      key: `shift:${driverId}:${startsAt}`,
      step: 'startShift',
      input: { driverId, stationCode: group.station, endsAt },
    };
  }
}

/** A shift that somebody else has begun stays as it is. */
async function began(perform: Perform, key: string, asked: Asked, now: number): Promise<boolean> {
  try {
    await ask(perform, key, asked, now);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.kind !== 'unavailable') return false;
    throw error;
  }
}

function ask(perform: Perform, key: string, asked: Asked, at: number): Promise<unknown> {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, asked.step]))
    .digest('hex');
  const action = { ...asked, does: 'ask', slot: key, key, dueAt: at, attempt: 1 } as const;
  return perform(action, { key, caller, hash, at });
}
