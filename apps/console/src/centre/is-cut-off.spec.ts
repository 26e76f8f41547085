import { isCutOff } from './is-cut-off.js';

const second = 1_000;
const read = { asOf: 1_000_000, readAt: 50_000 };
const later = (there: number, here: number) => ({
  there: read.asOf + there * second,
  here: read.readAt + here * second,
});

it.each([
  ['has just been read', 5, 5, false],
  ['is read again in time, by a clock that runs twelve times as fast', 60, 5, false],
  ['is of long ago though it was just read', 121, 1, true],
  ['has not come for three looks, whatever the clock of the service says', 17, 17, true],
])('what %s', (_, there, here, expected) => expect(isCutOff(read, later(there, here))).toBe(expected));
