import { LogReader } from '@yizhan/event-log';
import type { Database } from '@yizhan/persistence';
import { feedEvent } from '../../../../test/support/feed-events.js';
import { type DispatchGround, openDispatchGround } from '../../../../test/support/start-dispatch.js';
import { LoggedEvent } from '../events/logged-event.js';
import { TrucksOfVisits } from './trucks-of-visits.js';

let ground: DispatchGround;
let database: Database;
let trucks: TrucksOfVisits;

beforeEach(async () => {
  ground = await openDispatchGround();
  database = await ground.test.open('dispatch');
  trucks = new TrucksOfVisits(database);
});
afterEach(() => ground.close());

const loaded = (id: string) => ({ correlationId: 'v1', consignments: [{ id, waybillNo: `W${id}` }] });
const ofTruck = (plate: string) => ({ correlationId: 'v1', plate });

async function told(...all: readonly Parameters<typeof feedEvent>[1][]): Promise<void> {
  await ground.write(all.map((facts) => feedEvent('visit.queued', facts)));
  await ground.write([feedEvent('visit.called', { correlationId: 'v1' })]);
  await ground.sequence();
}

/** What the last of some entries is about. */
async function lastOf(after: number, count: number): Promise<unknown> {
  const rows = await new LogReader(database).documentsAfter(after, count);
  const completed = await trucks.complete(rows.map(({ position, document }) => new LoggedEvent(position, document)));
  const { plate, consignments, references } = completed.at(-1) ?? {};
  return { plate, consignments, references };
}

describe('the truck of an event that names only its visit', () => {
  it('is asked for where only a part of it was told since', async () => {
    await told(loaded('C1'), ofTruck('A'));
    const whole = { plate: 'A', consignments: ['C1'], references: ['WC1'] };
    expect(await lastOf(1, 2)).toEqual(whole);
    expect(await lastOf(1, 1)).toEqual(whole);
  });

  it('is asked for again where another process has read what lies between', async () => {
    await told(ofTruck('A'), loaded('C1'));
    expect(await lastOf(0, 3)).toEqual({ plate: 'A', consignments: ['C1'], references: ['WC1'] });
    await told(ofTruck('B'), loaded('C2'));
    expect(await lastOf(5, 1)).toEqual({ plate: 'B', consignments: ['C2'], references: ['WC2'] });
  });

  it('is what the log says last, also where an earlier part of it is read later', async () => {
    await told(ofTruck('A'), ofTruck('B'));
    expect(await lastOf(0, 3)).toMatchObject({ plate: 'B' });
    expect(await lastOf(0, 1)).toMatchObject({ plate: 'A' });
    expect(await lastOf(2, 1)).toMatchObject({ plate: 'B' });
  });
});

describe('the truck of an event that names only its run', () => {
  const whole = { plate: 'A', consignments: ['C1'], references: ['WC1'] };

  it('is the one that the run was opened for, with the goods of the visit that it began from', async () => {
    await ground.write([
      feedEvent('visit.arrived', { ...loaded('C1'), plate: 'A' }),
      feedEvent('run.opened', { ...ofTruck('A'), subject: 'run/r1' }),
      feedEvent('run.reached', { correlationId: 'r1', subject: 'run/r1' }),
      feedEvent('visit.arrived', { correlationId: 'v2', plate: 'A', consignments: [{ id: 'C2' }] }),
      feedEvent('run.closed', { correlationId: 'v2', subject: 'run/r1', plate: 'A' }),
      feedEvent('run.overdue', { correlationId: 'r1', subject: 'run/r1' }),
    ]);
    await ground.sequence();
    expect(await lastOf(0, 3)).toEqual(whole);
    expect(await lastOf(0, 6)).toEqual(whole);
    // Whoever has read none of it asks the log.
    for (const [after, count] of [
      [2, 1],
      [5, 1],
      [4, 2],
    ] as const) {
      trucks = new TrucksOfVisits(database);
      expect(await lastOf(after, count)).toEqual(whole);
    }
  });
});
