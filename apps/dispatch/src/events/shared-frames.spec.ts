import fc from 'fast-check';
import { LoggedEvent } from './logged-event.js';
import { SharedFrames } from './shared-frames.js';

const entries = Array.from({ length: 12 }, (_none, index) => new LoggedEvent(index + 1, `{"truck":"浙G${index}"}`));
const at = (...positions: number[]) => positions.map((position) => entries[position - 1] ?? fail());
const fail = (): never => {
  throw new Error('there is no such entry');
};

it('gives every choice its own frames, whatever was asked for before', () => {
  const choices = fc.array(fc.subarray(entries, { minLength: 1 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(choices, (asked) => {
      const frames = new SharedFrames();
      for (const some of asked) {
        expect(frames.of(some).toString('utf8')).toBe(some.map(({ frame }) => frame).join(''));
      }
    }),
  );
});

it('makes what many are sent once', () => {
  const frames = new SharedFrames();
  const all = frames.of(at(4, 5, 6));
  expect(frames.of(at(4, 5, 6))).toBe(all);
  expect(frames.of(at(4, 6))).not.toBe(all);
  expect(frames.of(at(4, 6))).toBe(frames.of(at(4, 6)));
});

it('forgets what is no longer the newest', () => {
  const frames = new SharedFrames();
  const before = frames.of(at(4, 5));
  frames.of(at(6, 7));
  expect(frames.of(at(4, 5))).not.toBe(before);
});
