import type { YizhanEvent } from '@yizhan/contracts';
import type { PlainEvent } from '../../apps/yizhan/src/verify/plain-event.js';
import { casesHaveOneLife } from '../../apps/yizhan/src/verify/rules/cases-have-one-life.js';
import { World } from '../../apps/yizhan/src/verify/world.js';
import { nameOf } from './example-events.js';

/** What the checker says of events of cases, in the order of the log; empty where each case has one life. */
export function brokenLives(events: readonly YizhanEvent[]): string[] {
  const { on = {}, observe } = casesHaveOneLife();
  const world = new World();
  return events.flatMap((event) => {
    const plain = event as unknown as PlainEvent;
    const sentence = on[nameOf(event)]?.(plain, world);
    observe?.(plain, world);
    return sentence === undefined ? [] : [sentence];
  });
}
