import { isProduct, isWithin } from '../places.js';
import { type Rule, eachUse } from '../rule.js';

/** Files that may read the machine's clock, each with its reason. */
const mayReadTheClock: Readonly<Record<string, string>> = {
  'libs/client/src/webhooks/verify-webhook.ts': 'it is published alone, without libs/kernel',
};

export const theClockIsPassedIn: Rule = {
  id: 'the-clock-is-passed-in',
  name: "Only libs/kernel reads the machine's clock: no new Date(), no Date.now()",
  instead: 'take a Clock from @yizhan/kernel; use performance.now() to measure how long something took',
  check: eachUse(
    'clock reading',
    (path) => isProduct(path) && !isWithin('libs/kernel', path) && !(path in mayReadTheClock),
  ),
};
