import { fields, invalid, objectOf, oneOf, timeOfDay, wholeAboveZero, type Reader } from './field-readers.js';
import type { HoursRule, HoursRuleName } from './policy-rules.js';

const window = { from: timeOfDay, to: timeOfDay };

const readers: { readonly [Name in HoursRuleName]: Reader<Extract<HoursRule, { rule: Name }>> } = {
  continuous_driving: objectOf({
    rule: oneOf('continuous_driving'),
    maxSeconds: wholeAboveZero,
    restSeconds: wholeAboveZero,
  }),
  continuous_night_driving: withWindow(
    objectOf({
      rule: oneOf('continuous_night_driving'),
      maxSeconds: wholeAboveZero,
      ...window,
      restSeconds: wholeAboveZero,
    }),
  ),
  driving_in_window: objectOf({
    rule: oneOf('driving_in_window'),
    maxSeconds: wholeAboveZero,
    windowSeconds: wholeAboveZero,
  }),
  no_driving_between: withWindow(objectOf({ rule: oneOf('no_driving_between'), ...window })),
};

/** One hours rule. A rule of an unknown name is refused: what is not understood cannot be kept. */
export const hoursRule: Reader<HoursRule> = (value, field) => {
  const names = Object.keys(readers) as HoursRuleName[];
  const name = oneOf(...names)(fields(value, field)['rule'], `${field}.rule`);
  return readers[name](value, field);
};

/** The pack's hours rules, at most one of a kind, as the clock shows one figure a kind. */
export const hoursRules: Reader<readonly HoursRule[]> = (value, field) => {
  if (!Array.isArray(value)) throw invalid(field, 'a list', value);
  const rules = value.map((one: unknown, index) => hoursRule(one, `${field}[${index}]`));
  const twice = rules.findIndex(({ rule }, index) => rules.findIndex((other) => other.rule === rule) < index);
  if (twice >= 0) throw invalid(`${field}[${twice}].rule`, 'a rule that is not in the list already', rules[twice].rule);
  return rules;
};

function withWindow<Rule extends { readonly from: string; readonly to: string }>(read: Reader<Rule>): Reader<Rule> {
  return (value, field) => {
    const rule = read(value, field);
    if (rule.from === rule.to) throw invalid(`${field}.to`, 'another time of day than from', rule.to);
    return rule;
  };
}
