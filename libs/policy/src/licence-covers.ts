import type { PolicyRules } from './policy-rules.js';

/**
 * Whether one of the licences `held` covers the one `required`, by the table of the pack. A licence that the pack does
 * not know covers nothing.
 */
export function licenceCovers(
  rules: Pick<PolicyRules, 'licenceCovers'>,
  held: readonly string[],
  required: string,
): boolean {
  return held.some(
    (licence) => Object.hasOwn(rules.licenceCovers, licence) && rules.licenceCovers[licence].includes(required),
  );
}
