import { ManualClock } from '@yizhan/kernel';
import { countedTypes } from '../../apps/command-centre/src/throughput/count.js';
import { consumedTypes } from '../../docs/generate/consumed-types.js';
import { appendDocuments, withUnknownFields } from '../support/append-documents.js';
import { exampleEvents } from '../support/example-events.js';
import { idOf } from '../support/relay.js';
import { type CommandCentreGround, openCommandCentreGround } from '../support/start-command-centre.js';

let ground: CommandCentreGround;

beforeAll(async () => {
  ground = await openCommandCentreGround(new ManualClock(Date.parse('2026-03-04T00:00:00.000Z')));
});
afterAll(() => ground.close());

const read = [...exampleEvents.values()].filter(({ type }) => consumedTypes['command-centre'].includes(type));
const counted = read.filter(({ type }) => countedTypes.includes(type));

const isExample = new Set(counted.map(({ id }) => id));
/** Examples that take another example back, out of its figure. */
const takingBack = counted.filter(({ data }) => 'retractedEventId' in data && isExample.has(data.retractedEventId));

async function asideOrUnread(): Promise<number> {
  const [row] = await ground.database.rows<{ aside: number }>(
    `SELECT (SELECT count(*) FROM command_centre.parked_events)
          + (SELECT count(*) FROM command_centre.quarantined) AS aside`,
  );
  return row?.aside ?? -1;
}

/** How many events all figures stand for. */
async function total(): Promise<number> {
  const [row] = await ground.database.rows<{ total: number }>(
    'SELECT coalesce(sum(count), 0)::int AS total FROM command_centre.throughput',
  );
  return row?.total ?? -1;
}

describe('the command centre', () => {
  it('has an example of every type that it reads', () => {
    expect(new Set(read.map(({ type }) => type))).toEqual(new Set(consumedTypes['command-centre']));
  });

  it('counts every example once, passes over the others, and counts the same whatever later versions add', async () => {
    const all = [...exampleEvents.values()];
    const writing = await ground.test.open('station');
    await appendDocuments(writing, all);
    await ground.write([]);
    const process = await ground.start();
    await process.drain();
    expect(takingBack.length).toBeGreaterThan(0);
    const standing = counted.length - takingBack.length;
    expect([await total(), await asideOrUnread()]).toEqual([standing, 0]);
    const once = await ground.figures();
    await appendDocuments(
      writing,
      all.map((event) => ({ ...withUnknownFields(event), id: idOf(event.id) })),
    );
    await ground.write([]);
    await process.drain();
    expect([await total(), await asideOrUnread()]).toEqual([2 * standing, 0]);
    const twice = once.map((line) => line.replace(/\d+$/, (count) => String(2 * Number(count))));
    expect(await ground.figures()).toEqual(twice);
  });
});
