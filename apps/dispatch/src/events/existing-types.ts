import { readdirSync } from 'node:fs';
import { schemaFolder } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import { matcherOf } from './event-filter.js';

const suffix = '.event.json';

/** Of each type that there is one schema, so the list is that of the contract. */
const existing: readonly string[] = readdirSync(schemaFolder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

/**
 * A type that no event has would be waited for in vain, and nothing would say so.
 * @param field where the types were given
 * @throws Problem `FILTER.NO_SUCH_TYPE` for the first that stands for none
 */
export function requireExistingTypes(types: readonly string[] | undefined, field: string): void {
  for (const type of types ?? []) {
    if (existing.some(matcherOf(type))) continue;
    throw new Problem('invalid', 'FILTER.NO_SUCH_TYPE', `${field} has ${type}, which is the type of no event`, {
      field,
      eventType: type,
    });
  }
}
