import type { PolicyRules, RetentionRules } from './policy-rules.js';

/** Where a pack says nothing: half a year, a year, three years. */
const usual: RetentionRules = { photoDays: 180, noteDays: 365, personDays: 1095 };

/** For how many days photos, notes and who a driver is are kept. */
export function retentionOf(rules: Pick<PolicyRules, 'retention'>): RetentionRules {
  return rules.retention ?? usual;
}
