import { createHash } from 'node:crypto';
import type { Asked } from '../replay/people/steps.js';
import type { Perform } from '../replay/perform.js';
import type { World } from '../replay/world.js';
import { networkRequests } from './network-requests.js';
import type { Scenario } from './scenario.js';
import { ScenarioShifts } from './scenario-shifts.js';

/** What a scenario has brought into a running product. */
export interface LoadedNetwork {
  /** Requests carried out now; 0 where all of it was there before. */
  readonly loaded: number;
  /** Relay drivers whose shift is on now. */
  readonly onShift: number;
  /** The shifts to come: to be asked now and then what is due. */
  readonly shifts: ScenarioShifts;
}

const caller = 'scenario';

/** Loads stations, zones, carriers, enterprises and relay drivers, once per log, and begins the shifts that are on now. */
export async function loadNetwork(
  world: World,
  scenario: Scenario,
  perform: Perform = world.perform,
): Promise<LoadedNetwork> {
  const answered = await world.answeredKeys(caller);
  const now = world.clock.now();
  let loaded = 0;
  for (const { key, ...asked } of networkRequests(scenario, now)) {
    if (answered.has(key)) continue;
    await ask(perform, key, asked, now);
    loaded += 1;
  }
  const shifts = new ScenarioShifts(
    scenario,
    () => world.clock.now(),
    (key, asked, at) => ask(perform, key, asked, at),
    answered,
  );
  await shifts.fireDue();
  return { loaded, onShift: shifts.onShift, shifts };
}

function ask(perform: Perform, key: string, asked: Asked, at: number): Promise<unknown> {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, asked.step]))
    .digest('hex');
  const action = { ...asked, does: 'ask', slot: key, key, dueAt: at, attempt: 1 } as const;
  return perform(action, { key, caller, hash, at });
}
