import { afterAttempt, noticeDelays } from './notice-sender.js';

const failure = { code: 'status', words: 'it answered 503' } as const;
const notice = { tries: 1, dueAt: 0, expiresAt: 7_200_000 };

it('tries again at growing distances, as long as anybody has use for it', () => {
  const tried = noticeDelays.slice(1).map((_delay, index) => {
    const { state, dueAt } = afterAttempt({ ...notice, tries: index + 1 }, { failure }, 0, 0);
    return [state, (dueAt ?? 0) / 1_000];
  });
  expect(tried).toEqual([5, 30, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => ['waiting', seconds]));
  expect(afterAttempt({ ...notice, tries: noticeDelays.length }, { failure }, 0, 0)).toEqual({
    state: 'failed',
    failure,
  });
  expect(afterAttempt({ ...notice, expiresAt: 5_000 }, { failure }, 0, 0)).toEqual({ state: 'failed', failure });
});

it('waits for as long as a gateway asks, and gives up what cannot succeed', () => {
  expect(afterAttempt(notice, { failure, holdFor: 60_000 }, 0, 0)).toEqual({
    state: 'waiting',
    dueAt: 60_000,
    failure,
  });
  expect(afterAttempt(notice, { failure, isFinal: true }, 0, 0)).toEqual({ state: 'failed', failure });
  expect(afterAttempt(notice, {}, 0)).toMatchObject({ state: 'sent' });
});
