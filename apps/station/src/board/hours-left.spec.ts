import { policyPack } from '@yizhan/policy';
import { minutesLeft } from './hours-left.js';

const { rules } = policyPack('cn-freight');
const hour = 3_600_000;
const now = Date.UTC(2026, 2, 2, 2);
const rested = { driving: [], rests: [] };

it('is the four hours of a rested driver, where his shift is longer', () => {
  expect(minutesLeft(rules, rested, now, now + 10 * hour)).toBe(240);
});

it('is less by what he has driven since his last rest', () => {
  const activity = { driving: [{ from: now - 1.5 * hour, to: now }], rests: [] };
  expect(minutesLeft(rules, activity, now, now + 10 * hour)).toBe(150);
});

it('is nothing once he must rest', () => {
  const activity = { driving: [{ from: now - 4 * hour, to: now }], rests: [] };
  expect(minutesLeft(rules, activity, now, now + 10 * hour)).toBe(0);
});

it('ends with his shift, with or without rules', () => {
  expect(minutesLeft(rules, rested, now, now + 0.5 * hour)).toBe(30);
  expect(minutesLeft(null, rested, now, now + 0.5 * hour)).toBe(30);
  expect(minutesLeft(null, rested, now, now - hour)).toBe(0);
});
