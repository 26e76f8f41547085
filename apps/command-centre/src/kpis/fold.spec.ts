import { eventType, isEvent, type YizhanEvent } from '@yizhan/contracts';
import fc from 'fast-check';
import { MemoryReadModels } from '../../../../test/support/memory-read-models.js';
import { recordedEvents } from '../../../../test/support/recorded-log.js';

const recorded = recordedEvents();

function foldOf(events: readonly YizhanEvent[], cuts: readonly number[] = []): string[] {
  const models = new MemoryReadModels();
  let from = 0;
  for (const cut of [...cuts].toSorted((a, b) => a - b)) {
    models.take(events.slice(from, cut));
    from = cut;
  }
  models.take(events.slice(from));
  return models.lines();
}

const whole = foldOf(recorded);

it('makes figures of a whole log', () => {
  expect(whole.length).toBeGreaterThan(200);
});

it('gives the same however the log is cut into batches', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: recorded.length }), { maxLength: 40 }), (cuts) => {
      expect(foldOf(recorded, cuts)).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

it('gives the same when each event comes by itself', () => {
  expect(
    foldOf(
      recorded,
      recorded.map((_event, index) => index),
    ),
  ).toEqual(whole);
});

/** What docs/corrections.md lets people take back, and figures are made of. */
const retractable = recorded.filter(({ type }) =>
  ['visit.arrived', 'visit.queued', 'visit.checked', 'cargo.held', 'cargo.released', 'driver.shift_started'].some(
    (name) => type === `yizhan.${name}.v1`,
  ),
);

const retractionOf = (event: YizhanEvent): YizhanEvent<'record.retracted'> => ({
  ...event,
  id: `retraction of ${event.id}`,
  type: eventType('record.retracted'),
  data: { retractedEventId: event.id, reason: 'did_not_occur' },
});

/** A driver's shift is taken back only before the next event of his duty. */
const place = (event: YizhanEvent): number => {
  const at = recorded.indexOf(event);
  if (!isEvent(event, 'driver.shift_started')) return recorded.length;
  return at + 1;
};

it('gives after a retraction what a log gives in which it never happened', () => {
  const retracting = fc.constantFrom(...retractable);
  const cuts = fc.array(fc.nat({ max: recorded.length + 1 }), { maxLength: 5 });
  fc.assert(
    fc.property(retracting, cuts, (event, at) => {
      const retraction = retractionOf(event);
      const happened = recorded.toSpliced(place(event), 0, retraction);
      const never = happened.filter((each) => each !== event);
      expect(foldOf(happened, at)).toEqual(foldOf(never));
    }),
    { numRuns: 60 },
  );
});

it('puts right what is corrected: the new event counts at its own time, the old one not at all', () => {
  const arrival = recorded.find((event) => isEvent(event, 'visit.arrived')) as YizhanEvent<'visit.arrived'>;
  const right: YizhanEvent = { ...arrival, id: 'right', data: { ...arrival.data, priority: 1 } };
  const retraction = retractionOf(arrival);
  const figures = (events: readonly YizhanEvent[]): string[] => foldOf(events).filter((line) => line.startsWith('{'));
  const inPlace = recorded.map((event) => (event === arrival ? right : event));
  expect(figures([...recorded, retraction, right])).toEqual(figures([...inPlace, retraction]));
});

it('takes nothing of an event whose time is none', () => {
  const models = new MemoryReadModels();
  expect(() => models.take([{ ...retractable[0], time: 'yesterday' }])).toThrow('no instant');
});
