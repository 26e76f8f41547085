import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import { history } from './history.js';
import { hash, uuid, type Fields } from './log-builder.js';
import { expectBroken, expectLegal, faultsOf, reportOn } from './verdict.js';

/** A legal log of two trucks in which one sealed event is changed, as by a hand in the file. */
function tampered(index: number, change: Fields): Fields[] {
  const events = history().goIn('G1', 'O1', 'R1').goIn('G2', 'O2', 'R2').seal();
  events.splice(index, 1, { ...events.at(index), ...change });
  return events;
}

/** A legal log whose last event was written like this. */
const written = (envelope: Fields): Fields[] =>
  history()
    .arrive('G1', 'O1')
    .change((draft) => (draft.envelope = envelope))
    .seal();
const holding = (change: (data: Fields) => void): Fields[] =>
  history()
    .arrive('G1', 'O1')
    .change((draft) => change(draft.data))
    .seal();

describe('rule 1: nothing missing, nothing changed', () => {
  const broken: [sentence: string, says: RegExp, events: () => Fields[]][] = [
    ['an id that was used before', /the id .* is in the log already/, () => written({ id: uuid(1) })],
    ['a position that skips', /the position is 99, expected/, () => tampered(-1, { position: '99' })],
    ['a sequence that skips', /the sequence of run\/RUN-G2-1 is 2, expected 1/, () => tampered(-1, { sequence: '2' })],
    [
      'a previous that points elsewhere',
      /previous is 1, but the last event of A is at/,
      () => tampered(-1, { previous: '1' }),
    ],
    ['another hash', /prevhash does not fit/, () => tampered(-1, { prevhash: hash('x') })],
    ['an event changed in the middle', /prevhash does not fit/, () => tampered(20, { traceparent: '00-changed' })],
    [
      'an event left out',
      /the position is/,
      () =>
        history()
          .goIn('G1', 'O1', 'R1')
          .seal()
          .filter((_event, index) => index !== 5),
    ],
    [
      'an event at the end left out of a key',
      /previous is/,
      () => {
        const events = history()
          .inArea('B', (h) => h.station('YU', ['B1']))
          .arrive('G1', 'O1')
          .seal();
        return events.map((event, index) => (index === events.length - 1 ? { ...event, previous: '1' } : event));
      },
    ],
    [
      'a station event written by the scheduler',
      /is written by \/yizhan\/scheduler, which does not own it/,
      () => written({ source: '/yizhan/scheduler' }),
    ],
    [
      'an event recorded before it happened',
      /after it was recorded at/,
      () =>
        history()
          .arrive('G1', 'O1')
          .change((draft) => (draft.time = '2026-03-02T23:00:00.000Z'))
          .seal(),
    ],
  ];
  it.each(broken)('not %s', async (_sentence, says, events) => {
    const faults = await faultsOf(events());
    expect(faults[0]).toMatch(/^1: /);
    expect(faults[0]).toMatch(says);
  });

  it('keys are chained apart', () =>
    expectLegal(
      history()
        .inArea('B', (h) => h.station('YU', ['B1']))
        .arrive('G1', 'O1')
        .inArea('B', (h) => h.suspend('YU')),
    ));
});

describe('the form of the lines', () => {
  const broken: [sentence: string, says: RegExp, events: () => Fields[]][] = [
    ['lacks a subject', /the attribute subject is missing/, () => written({ subject: undefined })],
    ['has an id that is no UUIDv7', /id is not a UUIDv7/, () => written({ id: 'abc' })],
    ['has a time without milliseconds', /time is not an instant/, () => written({ time: '2026-03-02T09:00:00Z' })],
    [
      'has another content type',
      /datacontenttype is not application\/json/,
      () => written({ datacontenttype: 'text/plain' }),
    ],
    ['has a type without a version', /type is not of the form/, () => written({ type: 'yizhan.visit.arrived' })],
    ['lacks a required field', /visit.arrived lacks the field flow/, () => holding((data) => delete data['flow'])],
    [
      'has a flow that is none',
      /flow that is not a into_zone\|out_of_zone/,
      () => holding((data) => (data['flow'] = 'sideways')),
    ],
    [
      'has a custodian that is no party',
      /custodian that is not a party/,
      () => holding((data) => (data['custodian'] = { kind: 'ghost', id: 'O1' })),
    ],
    [
      'has an instant that is none',
      /arrivedAt that is not a time/,
      () => holding((data) => (data['arrivedAt'] = 'noon')),
    ],
    [
      'has a truck without a plate',
      /truck that is not a truck/,
      () => holding((data) => (data['truck'] = { licenceRequired: 'A2' })),
    ],
    [
      'names another visit than its subject',
      /names visitId V-other/,
      () => holding((data) => (data['visitId'] = 'V-other')),
    ],
    [
      'names another area than its key',
      /partition key A and the area code B/,
      () => holding((data) => (data['areaCode'] = 'B')),
    ],
  ];
  it.each(broken)('a line that %s', async (_sentence, says, events) => {
    const faults = await faultsOf(events());
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^0: /);
    expect(faults[0]).toMatch(says);
  });

  it('a subject of the wrong kind', () =>
    expectBroken(
      history().event('driver.shift_ended', 'visit/V-1', {}),
      0,
      /has the subject visit\/V-1, which should begin with driver\//,
    ));

  it('incorrect data without what replaces them', () =>
    expectBroken(
      history().arrive('G1', 'O1').retract('visit.arrived', { reason: 'incorrect_data' }),
      0,
      /lacks the field replacedBy/,
    ));

  it('names the line of what cannot be read', async () => {
    const { form } = await verifyExport(lines('{}', 'not json', '[]'));
    expect(form).toMatchObject({
      checked: 3,
      violations: 3,
      first: { position: '1', message: 'the attribute specversion is missing' },
    });
    expect((await verifyExport(lines('', 'not json'))).form.first).toMatchObject({
      position: '1',
      message: 'the line is not JSON',
    });
  });

  it('types that this version does not know are counted and stay in the chain', async () => {
    const report = await reportOn(history().event('weather.observed', 'station/JD', { rain: true }).arrive('G1', 'O1'));
    expect(report).toMatchObject({ ok: true, unknownTypes: { 'yizhan.weather.observed.v1': 1 } });
  });

  it('an empty log keeps every rule', async () =>
    expect(await verifyExport(lines())).toMatchObject({ ok: true, events: 0 }));

  it('reports each rule once, in order, with what it checked', async () => {
    const { rules, events } = await reportOn(history().goIn('G1', 'O1', 'R1'));
    expect(rules.map(({ rule }) => rule)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rules[0]?.checked).toBe(events);
    expect(rules.every(({ checked }) => checked > 0)).toBe(true);
  });
});

async function* lines(...all: string[]): AsyncGenerator<string> {
  yield* all;
}
