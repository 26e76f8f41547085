import type { ManualClock } from '@yizhan/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { RequestAction } from './people/action.js';
import type { Stage } from './stage.js';
import type { Standing } from './resume.js';

/** When to stop, and whom to tell how far it is. */
export interface PlayLimits {
  /** Every trip is over. */
  readonly isOver: () => boolean;
  /** What is still open at this instant stays open. */
  readonly endsAt: number;
  readonly signal?: AbortSignal;
  readonly onProgress: () => void;
}

/**
 * As fast as it goes. A round is everything that is due at one instant: first timers, then people in the order of their
 * keys, and only then is anything delivered. The clock moves when nothing is left to do, to the next instant at which
 * something is due; nothing that people see makes them act in the same instant.
 */
export async function playStepped(
  stage: Stage,
  clock: ManualClock,
  { unsettled }: Standing,
  limits: PlayLimits,
): Promise<void> {
  const { world, people } = stage;
  let rest = unsettled;
  let timerAt = await world.nextTimerAt();
  // What a round before a kill has not delivered yet is delivered first of all.
  let isUndelivered = true;
  for (;;) {
    const now = clock.now();
    const isTimerDue = timerAt !== undefined && timerAt <= now;
    if (isTimerDue) await world.fireTimers();
    const asked = await actDue(stage, now, rest);
    rest = [];
    if (asked > 0 || isTimerDue || isUndelivered) {
      await world.drain();
      while (isTimerDue && (await world.fireWakes()) > 0) await world.drain();
      await stage.lookAtLog();
      timerAt = await world.nextTimerAt();
      isUndelivered = false;
    }
    limits.onProgress();
    const next = earliest(people.agenda.nextDueAt, timerAt !== undefined && timerAt > now ? timerAt : undefined);
    if (next === undefined || limits.isOver() || next > limits.endsAt || limits.signal?.aborted) return;
    clock.moveTo(next);
  }
}

/** By the clock on the wall, however fast it runs: people act when their time has come, everything else moves by itself. */
export async function playLive(stage: Stage, { unsettled }: Standing, limits: PlayLimits): Promise<void> {
  const { world, people } = stage;
  let rest = unsettled;
  for (;;) {
    const now = world.clock.now();
    const acted = await actDue(stage, now, rest);
    rest = [];
    const seen = await stage.lookAtLog();
    limits.onProgress();
    if (limits.isOver() || now > limits.endsAt || limits.signal?.aborted) return;
    if (acted + seen === 0 && (people.agenda.nextDueAt ?? Infinity) > world.clock.now()) await pause(lookEvery);
  }
}

const lookEvery = 20;

async function actDue(stage: Stage, now: number, first: readonly RequestAction[]): Promise<number> {
  const { agenda } = stage.people;
  let asked = 0;
  for (const action of first) {
    await stage.carryOut(action);
    asked += 1;
  }
  for (let action = agenda.take(now); action; action = agenda.take(now)) {
    if (action.does === 'think') action.think(action.dueAt);
    else {
      await stage.carryOut(action);
      asked += 1;
    }
  }
  return asked;
}

function earliest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
