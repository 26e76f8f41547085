import type { YizhanEvent } from '@yizhan/contracts';
import type { Claims } from '@yizhan/identity';
import { appendDocuments, withUnknownFields } from '../support/append-documents.js';
import { exampleEvents } from '../support/example-events.js';
import { faultsOf } from '../support/event-schemas.js';
import { idOf } from '../support/relay.js';
import { type DispatchGround, type DispatchProcess, openDispatchGround } from '../support/start-dispatch.js';

const examples = [...exampleEvents.values()];
/** The same once more, as a later version of the product may write them. */
const later = examples.map((event) => ({ ...withUnknownFields(event), id: idOf(event.id) }));

let ground: DispatchGround;
let dispatch: DispatchProcess;

beforeAll(async () => {
  ground = await openDispatchGround();
  dispatch = await ground.start();
  await appendDocuments(await ground.test.open('station'), [...examples, ...later]);
  await ground.sequence();
});
afterAll(() => ground.close());

async function seenBy(who: Omit<Claims, 'sub'>): Promise<YizhanEvent[]> {
  const { body } = await dispatch.ask(who, '/api/v1/events?limit=500');
  return (body as unknown as { events: YizhanEvent[] }).events;
}

const ids = (events: readonly YizhanEvent[]): string[] => events.map(({ id }) => id);

describe('dispatch', () => {
  it('hands out every example as it lies in the log, also with fields that it does not know', async () => {
    const { text } = await dispatch.ask({ role: 'administrator' }, '/api/v1/events?limit=500');
    expect(text).toContain(`"events":[${(await ground.log()).join(',')}]`);
    const seen = await seenBy({ role: 'administrator' });
    expect(ids(seen)).toEqual(ids([...examples, ...later]));
    expect(seen.flatMap((event) => faultsOf(event))).toEqual([]);
    expect(seen.slice(0, examples.length).flatMap((event) => faultsOf(event, 'writer'))).toEqual([]);
  });

  it('knows of every example whose it is', async () => {
    const all = [...examples, ...later];
    const ofCarrier = all.filter(({ carrierid }) => carrierid === 'carrier-04');
    expect(ids(await seenBy({ role: 'carrier', carrierId: 'carrier-04' }))).toEqual(ids(ofCarrier));
    const ofStation = all.filter(({ data }) => 'stationCode' in data && data.stationCode === 'jindong');
    expect(ids(await seenBy({ role: 'operator', stations: ['jindong'] }))).toEqual(ids(ofStation));
    expect([ofCarrier.length, ofStation.length].every((count) => count > 0)).toBe(true);
    // A loan is told in both of its areas.
    const areas = [...new Set(all.map(({ partitionkey }) => partitionkey))];
    expect(areas).toContain('yiwu');
    for (const area of [...areas, 'wenzhou']) {
      const ofArea = all.filter(({ partitionkey }) => partitionkey === area);
      expect(ids(await seenBy({ role: 'command_centre', areas: [area] }))).toEqual(ids(ofArea));
    }
  });
});
