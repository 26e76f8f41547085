import { isProduct } from '../places.js';
import { type Rule, eachUse } from '../rule.js';

export const settingsDoNotLoseData: Rule = {
  id: 'settings-do-not-lose-data',
  name: 'No setting that is known to lose data: synchronize, query_timeout, idempotent producers, fromBeginning: false, automatic topics',
  instead:
    'migrations; statement_timeout and lock_timeout; one send in flight; fromBeginning: true; provisioned topics',
  check: eachUse('setting', isProduct),
};
