import { bayNumber, callsOf, needsOf, newCalls, newNeed, spelled } from './needs.js';

const arrived = (visitId: string, handoffState?: string, held = false) => ({
  visitId,
  state: 'arrived',
  held,
  ...(handoffState !== undefined && { handoffState, handoffId: `h-${visitId}` }),
});

const quiet = { openExceptions: 0, overrideRequests: [] };

it.each([
  ['check', arrived('v')],
  ['check', arrived('v', 'aborted')],
  ['driver_ready', arrived('v', 'accepted')],
  ['leave', arrived('v', 'completed')],
])('%s is what %j needs', (kind, visit) => {
  expect([...needsOf({ ...quiet, visits: [visit] }).values()]).toEqual([kind]);
});

it.each([
  arrived('v', 'requested'),
  arrived('v', 'assigned'),
  arrived('v', 'started'),
  arrived('v', 'accepted', true),
  { visitId: 'v', state: 'announced' },
  { visitId: 'v', state: 'departed', handoffState: 'completed' },
])('nobody has to do anything about %j', (visit) => {
  expect(needsOf({ ...quiet, visits: [visit] }).size).toBe(0);
});

it('tells the most urgent of what is new, and nothing of what was there', () => {
  const before = needsOf({ ...quiet, openExceptions: 1, visits: [arrived('a'), arrived('b', 'requested')] });
  const now = needsOf({ ...quiet, openExceptions: 1, visits: [arrived('a'), arrived('b', 'accepted'), arrived('c')] });
  expect(newNeed(before, now)).toBe('driver_ready');
  expect(newNeed(now, now)).toBeUndefined();
  expect(newNeed(now, before)).toBeUndefined();
  expect(newNeed(now, needsOf({ ...quiet, openExceptions: 2, visits: [arrived('d')] }))).toBe('exception');
});

it('an override needs whoever may decide it, and once it is approved who has asked for it', () => {
  const asked = (state: string, ...allowedSteps: string[]) => ({
    overrideRequestId: 'r',
    state,
    byId: 'lin',
    allowedSteps,
  });
  const namesFor = (who: string, request: ReturnType<typeof asked>) => [
    ...needsOf({ ...quiet, overrideRequests: [request], visits: [] }, who).keys(),
  ];
  expect(namesFor('zhao', asked('open', 'approve', 'refuse'))).toEqual(['override:r:open']);
  expect(namesFor('lin', asked('open'))).toEqual([]);
  expect(namesFor('lin', asked('approved'))).toEqual(['override:r:approved']);
  expect(namesFor('zhao', asked('approved'))).toEqual([]);
  expect(namesFor('lin', asked('refused'))).toEqual([]);
});

const calledAt = '2026-03-02T08:00:00.000Z';
const at = Date.parse(calledAt);

it('knows who is called where, and that a truck that has left is called nowhere', () => {
  const calls = callsOf([
    { visitId: 'a', plate: '浙A12345', state: 'arrived', calledAt, calledBayCode: 'B02' },
    { visitId: 'b', plate: '浙A1', state: 'departed', calledAt, calledBayCode: 'B03' },
    { visitId: 'c', plate: '浙A2', state: 'arrived' },
    { visitId: 'd', plate: '浙A3', state: 'announced', calledAt },
  ]);
  expect([...calls]).toEqual([
    ['a:B02', { plate: '浙A12345', bay: 'B02', at }],
    ['d:', { plate: '浙A3', bay: undefined, at }],
  ]);
});

it('a call is heard once, and once more where somebody calls again', () => {
  const call = (seconds: number) => new Map([['a:B02', { plate: '浙A12345', bay: 'B02', at: at + seconds * 1_000 }]]);
  expect(newCalls(new Map(), call(0))).toHaveLength(1);
  // As it was logged here, and as the service tells of it.
  expect(newCalls(call(0), call(5))).toEqual([]);
  expect(newCalls(call(5), call(0))).toEqual([]);
  expect(newCalls(call(0), call(60))).toHaveLength(1);
});

it.each([
  ['B02', '2'],
  ['12', '12'],
  ['B10', '10'],
  ['北侧', '北侧'],
])('says %s as %s', (bay, said) => expect(bayNumber(bay)).toBe(said));

it('spells a plate', () => expect(spelled('浙A1D')).toBe('浙 A 1 D'));
