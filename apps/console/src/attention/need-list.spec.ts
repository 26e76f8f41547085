import { needList, told } from './need-list.js';
import { needsOf } from './needs.js';

const arrived = (visitId: string, arrivedAt: string, handoffState?: string) => ({
  visitId,
  plate: `浙${visitId}`,
  plateColour: 'blue',
  state: 'arrived',
  arrivedAt,
  ...(handoffState !== undefined && { handoffState, handoffId: `h-${visitId}` }),
});

it('has as many as are counted, what hurries most first, and of the same who waits longest', () => {
  const request = { overrideRequestId: 'r', state: 'open', byId: 'lin', allowedSteps: ['approve'], plate: '浙A9' };
  const board = {
    openExceptions: 2,
    overrideRequests: [request],
    visits: [
      arrived('late', '2'),
      arrived('early', '1'),
      arrived('ready', '3', 'accepted'),
      arrived('none', '0', 'started'),
    ],
  };
  const needs = needsOf(board, 'zhao');
  const list = needList(needs, board);
  expect(list).toHaveLength(needs.size);
  expect(list.map(({ kind, to, plate }) => [kind, to, plate])).toEqual([
    ['exception', 'exceptions', undefined],
    ['exception', 'exceptions', undefined],
    ['override', 'overrides', '浙A9'],
    ['driver_ready', '/truck/ready', '浙ready'],
    ['check', '/truck/early', '浙early'],
    ['check', '/truck/late', '浙late'],
  ]);
  expect(list[3]?.plateColour).toBe('blue');
});

it('says of an exception what it is, of which truck and since when, where that is known', () => {
  const [one, two] = needList(needsOf({ openExceptions: 2, overrideRequests: [], visits: [] }), {
    visits: [],
    overrideRequests: [],
  });
  const exceptions = [{ code: 'check_failed', visitId: 'late', openedAt: '5' }];
  const visits = [arrived('late', '2')];
  expect(told(one, exceptions, visits)).toEqual({
    ...one,
    code: 'check_failed',
    plate: '浙late',
    plateColour: 'blue',
    since: '5',
  });
  expect(told(two, exceptions, visits)).toEqual(two);
});
