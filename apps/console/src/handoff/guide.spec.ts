import { milestonesDone, nextStep, otherSteps } from './guide.js';

const visitSteps = ['queue', 'call', 'check', 'hold_cargo', 'depart'];

it.each([
  ['arrive', { state: 'announced', allowedSteps: ['queue', 'call', 'arrive', 'cancel'], held: false }],
  ['check', { state: 'arrived', allowedSteps: visitSteps, held: false }],
  ['check', { state: 'arrived', allowedSteps: visitSteps, checked: false, held: true }],
  [
    'assign',
    {
      state: 'arrived',
      allowedSteps: [...visitSteps, 'assign', 'abort'],
      checked: true,
      held: false,
      handoffState: 'requested',
    },
  ],
  [
    'accept',
    {
      state: 'arrived',
      allowedSteps: [...visitSteps, 'accept', 'decline'],
      checked: true,
      held: false,
      handoffState: 'assigned',
    },
  ],
  [
    'start',
    {
      state: 'arrived',
      allowedSteps: [...visitSteps, 'start', 'decline'],
      checked: true,
      held: false,
      handoffState: 'accepted',
    },
  ],
  [
    'complete',
    {
      state: 'arrived',
      allowedSteps: ['complete', 'sign', 'abort'],
      checked: true,
      held: false,
      handoffState: 'started',
    },
  ],
  [
    'release_cargo',
    {
      state: 'arrived',
      allowedSteps: ['release_cargo', 'depart'],
      checked: true,
      held: false,
      handoffState: 'completed',
    },
  ],
  [
    'depart',
    { state: 'arrived', allowedSteps: ['depart', 'hold_cargo'], checked: true, held: false, handoffState: 'completed' },
  ],
  ['check', { state: 'arrived', allowedSteps: visitSteps, checked: true, held: false, handoffState: 'aborted' }],
  // A second check has failed while its driver is on his way: nothing else leads on.
  ['check', { state: 'arrived', allowedSteps: visitSteps, checked: false, held: false, handoffState: 'accepted' }],
  [undefined, { state: 'departed', allowedSteps: [], held: false, handoffState: 'completed' }],
])('leads to %s from %j', (step, guided) => expect(nextStep(guided)).toBe(step));

it('offers nothing that the service does not allow, and nothing twice', () => {
  const guided = { state: 'arrived', allowedSteps: ['check', 'depart', 'retract_arrival'], held: false };
  expect(nextStep(guided)).toBe('check');
  expect(otherSteps(guided)).toEqual(['depart', 'retract_arrival']);
});

it('counts the milestones behind a truck', () => {
  const at = (handoffState?: string) =>
    milestonesDone({
      state: 'arrived',
      allowedSteps: [],
      checked: true,
      held: false,
      ...(handoffState && { handoffState }),
    });
  expect([at('requested'), at('assigned'), at('accepted'), at('started'), at('completed')]).toEqual([2, 3, 4, 5, 6]);
  expect(milestonesDone({ state: 'announced', allowedSteps: [], held: false })).toBe(0);
  expect(milestonesDone({ state: 'arrived', allowedSteps: [], held: false })).toBe(1);
});

it('says of a truck that has left by another way, or will not come, no milestones that it has not passed', () => {
  const left = { state: 'departed', allowedSteps: [], held: false };
  expect(milestonesDone({ ...left, outcome: 'swapped' })).toBe(7);
  for (const outcome of ['turned_away', 'redirected', 'no_swap_needed'])
    expect(milestonesDone({ ...left, outcome })).toBeUndefined();
  expect(milestonesDone({ ...left, state: 'cancelled' })).toBeUndefined();
});
