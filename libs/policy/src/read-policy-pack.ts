import {
  listOf,
  number,
  objectOf,
  oneOf,
  optional,
  recordOf,
  text,
  wholeAboveZero,
  wholeFromZero,
  type Reader,
} from './field-readers.js';
import { readExceptionRule } from './exceptions/read-exception-rule.js';
import type {
  CheckItem,
  StatedWeights,
  CredentialRule,
  PolicyPack,
  PolicyRules,
  RetentionRules,
} from './policy-rules.js';
import { hoursRules } from './read-hours-rules.js';

const texts = listOf(text);
const aboveZero = number('a number above 0', (value) => value > 0);

const overridables = listOf(oneOf('hours', 'credentials', 'shift', 'travel', 'seal'));

const rules: Reader<PolicyRules> = objectOf<PolicyRules>({
  utcOffsetMinutes: number(
    'a whole number from -840 to 840',
    (value) => Number.isInteger(value) && Math.abs(value) <= 840,
  ),
  hours: hoursRules,
  licenceCovers: recordOf(texts),
  credentials: listOf(objectOf<CredentialRule>({ credential: text, when: oneOf('licence_above_C1', 'always') })),
  checks: objectOf<PolicyRules['checks']>({ into_zone: texts, out_of_zone: texts }),
  timers: objectOf<PolicyRules['timers']>({
    acceptWithinSeconds: wholeAboveZero,
    overdueGraceSeconds: wholeFromZero,
    strandedAfterSeconds: wholeAboveZero,
    offlineRecordsWithinSeconds: optional(wholeAboveZero),
    stationSilentAfterSeconds: optional(wholeFromZero),
  }),
  travel: objectOf<PolicyRules['travel']>({
    detourFactor: number('a number from 1', (value) => value >= 1),
    metresPerSecond: aboveZero,
    maxSeconds: wholeAboveZero,
  }),
  maxPlannedStartDelaySeconds: wholeFromZero,
  weights: optional(
    objectOf<StatedWeights>({
      emptyTravelMinuteSeconds: wholeFromZero,
      drivenMinuteSeconds: wholeFromZero,
      spareLicenceSeconds: wholeFromZero,
      unansweredSeconds: wholeFromZero,
      shiftLeftMinuteSeconds: optional(wholeFromZero),
      awaitedDriverSeconds: optional(wholeFromZero),
      priorityPercent: optional(wholeFromZero),
      announcedWithinSeconds: optional(wholeFromZero),
      forecastWithinSeconds: optional(wholeFromZero),
      forecastTruckSeconds: optional(wholeFromZero),
      freezeSeconds: optional(wholeFromZero),
      switchSeconds: optional(wholeFromZero),
      changesPermille: optional(
        number('a whole number from 0 to 1000', (value) => Number.isInteger(value) && value >= 0 && value <= 1_000),
      ),
      lineStopWithinSeconds: optional(wholeFromZero),
      lineStopPriority: optional(
        number('a whole number from 0 to 9', (value) => Number.isInteger(value) && value >= 0 && value <= 9),
      ),
    }),
  ),
  retention: optional(
    objectOf<RetentionRules>({ photoDays: wholeAboveZero, noteDays: wholeAboveZero, personDays: wholeAboveZero }),
  ),
  overridable: overridables,
  secondPerson: optional(overridables),
  pass: optional(oneOf('if_issued', 'required')),
  throttleExemptFromPriority: optional(
    number('a whole number from 0 to 10', (value) => Number.isInteger(value) && value >= 0 && value <= 10),
  ),
  checkItems: optional(
    listOf(
      objectOf<CheckItem>({
        check: text,
        title: objectOf<CheckItem['title']>({ zh: text, en: text }),
        needs: listOf(oneOf('seal_number')),
        reasons: texts,
      }),
    ),
  ),
  exceptions: optional(recordOf(readExceptionRule)),
});

const pack: Reader<PolicyPack> = objectOf<PolicyPack>({
  id: text,
  version: text,
  title: objectOf<PolicyPack['title']>({ zh: text, en: text }),
  status: oneOf('in_force', 'historical', 'benchmark'),
  source: text,
  rules,
});

/**
 * The rules in `value`, such as the `rules` of `policy.published`. Throws `PolicyError` (`POLICY.INVALID_FIELD`) that
 * names the first field that is wrong.
 */
export function readPolicyRules(value: unknown): PolicyRules {
  return rules(value, 'rules');
}

/**
 * The pack in `value`, such as a parsed JSON file. Throws `PolicyError` (`POLICY.INVALID_FIELD`) that names the first
 * field that is wrong.
 */
export function readPolicyPack(value: unknown): PolicyPack {
  return pack(value, '');
}
