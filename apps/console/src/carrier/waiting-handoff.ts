import { eventKeyOf } from './event-words.js';

/** What was written of a stay, as far as it matters here. */
interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const ends = ['handoff_started', 'handoff_aborted', 'visit_departed', 'visit_cancelled'];

/** The handoff of a stay that has not started, for which the carrier’s word still counts; what happened in its order. */
export function waitingHandoff(history: readonly Told[]): string | undefined {
  let waiting: string | undefined;
  for (const { type, data } of history) {
    const key = eventKeyOf(type);
    if (key === 'handoff_requested' && typeof data['handoffId'] === 'string') waiting = data['handoffId'];
    if (ends.includes(key)) waiting = undefined;
  }
  return waiting;
}
