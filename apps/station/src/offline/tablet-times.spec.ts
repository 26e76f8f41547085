import { TabletClock } from './tablet-clock.js';
import { withRightTimes } from './tablet-times.js';

const now = Date.parse('2026-03-02T02:20:00Z');
const tenMinutesFast = new TabletClock(now + 600_000, now, 3_600);
const told = '2026-03-02T02:10:00.000Z';
const right = '2026-03-02T02:00:00.000Z';

test('what the tablet’s clock has written is put right, wherever it stands; the rest is as it was', () => {
  const body = {
    signatures: [{ signedAt: told, method: 'pin' }, { signedAt: told }],
    authorisation: { at: told },
    dueAt: told,
  };
  const paths = ['signatures.*.signedAt', 'authorisation.at'];
  expect(withRightTimes(body, paths, tenMinutesFast)).toEqual({
    signatures: [{ signedAt: right, method: 'pin' }, { signedAt: right }],
    authorisation: { at: right },
    dueAt: told,
  });
});

test('what is not as it should be is left for its route to refuse', () => {
  const body = { signatures: 'none', authorisation: null, startedAt: 'yesterday', endedAt: 7 };
  const paths = ['signatures.*.signedAt', 'authorisation.at', 'startedAt', 'endedAt', 'absent'];
  expect(withRightTimes(body, paths, tenMinutesFast)).toEqual(body);
});
