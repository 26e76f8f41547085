import type { YizhanEvent } from '@yizhan/contracts';
import { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { appendDocuments } from '../../../../test/support/append-documents.js';
import { exampleEvents } from '../../../../test/support/example-events.js';
import { recordedEvents } from '../../../../test/support/recorded-log.js';
import { idOf } from '../../../../test/support/relay.js';
import { type CommandCentreGround, openCommandCentreGround } from '../../../../test/support/start-command-centre.js';
import { rebuild } from './rebuild.js';

const group = 'command-centre';
let ground: CommandCentreGround;

/** A whole log, and every example of the contract, some of which take others back. */
beforeEach(async () => {
  ground = await openCommandCentreGround(new ManualClock(Date.parse('2026-03-04T00:00:00.000Z')));
  const writing = await ground.test.open('station');
  await appendDocuments(writing, [...recordedEvents(), ...exampleEvents.values()]);
  await appendDocuments(writing, [{ ...first(), id: idOf('no event'), data: null } as unknown as YizhanEvent]);
  await ground.write([]);
});
afterEach(() => ground.close());

const first = (): YizhanEvent => recordedEvents().filter(({ type }) => type === 'yizhan.driver.enrolled.v1')[0];

/** Nobody counts any more; a connection of the command centre's own is all that is left. */
async function alone(): Promise<Database> {
  await ground.database.close();
  return ground.test.open('commandCentre');
}

it('gives every row byte for byte, and counting goes on from there', async () => {
  const process = await ground.start();
  await process.drain();
  await process.stop();
  const before = await ground.readModels();
  expect(before.length).toBeGreaterThan(500);
  const database = await alone();
  const { entries, unreadable } = await rebuild({ database, group });
  expect([entries, unreadable]).toEqual([recordedEvents().length + exampleEvents.size + 1, 1]);
  expect(await ground.readModels(database)).toEqual(before);
  // What was read while it was rebuilt is not counted again, and what comes later is.
  const later = await ground.start();
  await later.drain();
  expect(await ground.readModels(database)).toEqual(before);
  await appendDocuments(await ground.test.open('station'), [
    { ...first(), id: idOf('later'), subject: 'driver/later' },
  ]);
  await ground.write([]);
  await later.drain();
  expect(await ground.readModels(database)).toHaveLength(before.length + 1);
});

it('changes nothing while a process of the command centre runs', async () => {
  const process = await ground.start();
  await process.drain();
  const before = await ground.readModels();
  const database = await ground.test.open('commandCentre');
  await expect(rebuild({ database, group })).rejects.toMatchObject({ code: 'COMMAND_CENTRE.RUNNING' });
  expect(await ground.readModels()).toEqual(before);
});

it('leaves out what a person has discarded', async () => {
  const process = await ground.start();
  await process.drain();
  await process.stop();
  const arrival = recordedEvents().findIndex(({ type }) => type === 'yizhan.visit.arrived.v1') + 1;
  await ground.database.rows(
    `INSERT INTO command_centre.discarded_events
       (consumer_group, position, partition_key, subject, type, document, reason, discarded_by, discarded_at)
     VALUES ($1, $2, 'yiwu', 'visit/1', 'x', '{}', 'test', 'test', 0)`,
    [group, arrival],
  );
  const arrivals = async (database: Database): Promise<number> => {
    const [row] = await database.rows<{ sum: number }>(
      `SELECT sum(count)::int AS sum FROM command_centre.cells WHERE dimension = 'station' AND kpi = 'arrivals'`,
    );
    return row?.sum ?? 0;
  };
  const before = await arrivals(ground.database);
  const database = await alone();
  await rebuild({ database, group });
  expect(await arrivals(database)).toBe(before - 1);
});
