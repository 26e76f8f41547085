import type { RequestAction } from './people/action.js';
import { recordedAt } from './recorded-at.js';
import type { Stage } from './stage.js';

/** Where a replay stands. */
export interface Standing {
  /** When the last event was recorded, epoch milliseconds; undefined where there is none. */
  readonly at: number | undefined;
  /** Requests of the round that was cut off, in order: not carried out, as far as anybody knows. */
  readonly unsettled: readonly RequestAction[];
}

/**
 * Rebuilds everybody's agenda from the log. What was due and has no answer was refused then, and is handled as it was
 * then; in the last round, what stands after its last answered request was not reached.
 */
export async function resume(stage: Stage): Promise<Standing> {
  const { people } = stage;
  const answered = await stage.loadAnswered();
  const lastAt = await timeOfLastEvent(stage);
  if (lastAt === undefined) return { at: undefined, unsettled: [] };
  const lastRound: RequestAction[] = [];
  const settle = (upTo: number): void => {
    for (let action = people.agenda.take(upTo); action; action = people.agenda.take(upTo)) {
      if (action.does === 'think') action.think(action.dueAt);
      else if (action.dueAt === lastAt) lastRound.push(action);
      else if (!answered.has(action.key)) people.refused(action);
    }
  };
  await stage.lookAtLog((event) => settle(recordedAt(event)));
  const reached = lastRound.findLastIndex(({ key }) => answered.has(key));
  for (const action of lastRound.slice(0, reached + 1)) if (!answered.has(action.key)) people.refused(action);
  return { at: lastAt, unsettled: lastRound.slice(reached + 1) };
}

async function timeOfLastEvent({ world }: Stage): Promise<number | undefined> {
  const head = await world.reader.head();
  if (head === 0) return undefined;
  const [last] = await world.reader.after(head - 1, 1);
  return last && 'event' in last ? recordedAt(last.event) : undefined;
}
