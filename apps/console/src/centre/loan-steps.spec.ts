import { stepsHere } from './loan-steps.js';

const loan = (allowedSteps: Parameters<typeof stepsHere>[0]['allowedSteps']) => ({
  allowedSteps,
  fromAreaCode: 'jinhua',
  toAreaCode: 'quzhou',
});

it.each([
  ['an offer is withdrawn by who has made it', ['accept', 'decline', 'withdraw'], 'jinhua', ['withdraw']],
  ['and answered by who got it', ['accept', 'decline', 'withdraw'], 'quzhou', ['accept', 'decline']],
  ['a driver is taken in where he goes', ['join', 'call_off'], 'quzhou', ['join', 'call_off']],
  ['and not where he comes from', ['join', 'call_off'], 'jinhua', ['call_off']],
  ['his own area takes him back', ['take_back'], 'jinhua', ['take_back']],
  ['what a later version allows is not shown', ['accept', 'extend' as 'accept'], 'quzhou', ['accept']],
] as const)('%s', (_, allowed, areaCode, steps) => {
  expect(stepsHere(loan([...allowed]), areaCode)).toEqual(steps);
});
