import { history, type History } from './history.js';
import { expectBroken, expectLegal } from './verdict.js';

const picture = 'a'.repeat(64);

const offer = (h: History, handoverId: string, more: Record<string, unknown> = {}): History =>
  h.event('station.shift_handed_over', 'station/JD', {
    handoverId,
    stationCode: 'JD',
    outgoingId: 'wang',
    picture,
    since: '2026-03-02T00:00:00.000Z',
    ...more,
  });

const take = (h: History, handoverId: string, more: Record<string, unknown> = {}): History =>
  h.event('station.shift_taken_over', 'station/JD', {
    handoverId,
    stationCode: 'JD',
    incomingId: 'chen',
    picture,
    ...more,
  });

describe('rule 10: a shift is taken over once, by another person, with the picture that was signed', () => {
  it('is legal so', () =>
    expectLegal(take(offer(offer(history(), 'first'), 'second', { replaces: 'first' }), 'second')));

  const broken: [sentence: string, says: RegExp, tell: () => History][] = [
    ['offered twice', /first is offered twice/, () => offer(offer(history(), 'first'), 'first')],
    ['replaces none', /replaces none, which no earlier/, () => offer(history(), 'first', { replaces: 'none' })],
    [
      'replaces what was taken',
      /replaces first, which chen has taken/,
      () => offer(take(offer(history(), 'first'), 'first'), 'second', { replaces: 'first' }),
    ],
    ['never offered', /no earlier event offers it/, () => take(history(), 'first')],
    ['taken twice', /taken over twice/, () => take(take(offer(history(), 'first'), 'first'), 'first')],
    [
      'taken after it was replaced',
      /after a newer one/,
      () => take(offer(offer(history(), 'first'), 'second', { replaces: 'first' }), 'first'),
    ],
    [
      'by the same person',
      /by wang, who hands it over/,
      () => take(offer(history(), 'first'), 'first', { incomingId: 'wang' }),
    ],
    [
      'with another picture',
      /another picture/,
      () => take(offer(history(), 'first'), 'first', { picture: 'b'.repeat(64) }),
    ],
  ];
  it.each(broken)('%s', (_sentence, says, tell) => expectBroken(tell(), 10, says));
});
