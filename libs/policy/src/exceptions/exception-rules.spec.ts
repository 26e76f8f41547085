import { policyPack } from '../policy-pack.js';
import { type ExceptionCode, exceptionCodes, exceptionRoles, exceptionRule } from './exception-rules.js';

const codes = Object.keys(exceptionCodes) as ExceptionCode[];

it.each(codes)('%s says what it means in two languages and rises from role to role', (code) => {
  const { zh, en, opens, ends, usually } = exceptionCodes[code];
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect([en, opens, ends].map((text) => text.length > 0)).toEqual([true, true, true]);
  const levels = usually.steps.map(({ role }) => exceptionRoles.indexOf(role));
  expect(levels).toEqual(levels.toSorted((one, other) => one - other));
  expect(new Set(levels).size).toBe(levels.length);
});

it('what asks for somebody reaches the command centre in the end', () => {
  const others = codes.filter((code) => exceptionCodes[code].usually.steps.at(-1)?.role !== 'command_centre');
  expect(others).toEqual(['turned_away']);
});

it('a pack changes what it names and leaves the rest', () => {
  const { rules } = policyPack('cn-closure-2022');
  expect(exceptionRule(rules, 'no_driver').opensAfterSeconds).toBe(900);
  expect(exceptionRule(rules, 'no_show')).toEqual(exceptionCodes.no_show.usually);
  expect(exceptionRule({ exceptions: { driver_declined: { steps: [] } } }, 'driver_declined')).toEqual({
    opensAtCount: 2,
    steps: [],
  });
  expect(exceptionRule(undefined, 'no_driver')).toEqual(exceptionCodes.no_driver.usually);
});
