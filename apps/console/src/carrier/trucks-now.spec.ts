import type { RunResponse, TruckResponse, VisitResponse } from '@yizhan/client';
import { trucksNow } from './trucks-now.js';

const truck = (plate: string) => ({ plate }) as TruckResponse;
const visit = (plate: string, facts: Partial<VisitResponse>) => ({ plate, ...facts }) as VisitResponse;

it('who waits longest comes first, then who is expected, then who is elsewhere', () => {
  const now = trucksNow(
    [truck('elsewhere'), truck('early'), truck('late'), truck('also elsewhere')],
    [
      visit('expected', { state: 'announced', expectedAt: '2026-03-02T06:00:00Z' }),
      visit('late', { state: 'arrived', arrivedAt: '2026-03-02T05:00:00Z' }),
      visit('queued', { state: 'announced', queue: 'outside', queuedAt: '2026-03-02T03:00:00Z' }),
      visit('early', { state: 'arrived', arrivedAt: '2026-03-02T04:00:00Z' }),
    ],
  );
  expect(now.map(({ plate }) => plate)).toEqual(['early', 'late', 'queued', 'expected', 'also elsewhere', 'elsewhere']);
});

it('a truck that has arrived is there, also where it is announced once more', () => {
  const here = visit('one', { state: 'arrived', arrivedAt: '2026-03-02T05:00:00Z' });
  const again = visit('one', { state: 'announced', expectedAt: '2026-03-02T04:00:00Z' });
  expect(trucksNow([truck('one')], [again, here])).toEqual([{ plate: 'one', truck: truck('one'), visit: here }]);
});

it('a truck on its run is told with it, whatever is announced of it', () => {
  const run = { runId: 'r', plate: 'one', direction: 'in_first' } as RunResponse;
  const back = visit('one', { state: 'announced', expectedAt: '2026-03-02T04:00:00Z' });
  expect(trucksNow([truck('one'), truck('two')], [back], [run])).toEqual([
    { plate: 'one', truck: truck('one'), visit: back, run },
    { plate: 'two', truck: truck('two') },
  ]);
});
