import { clockText } from './clock-text.js';

const now = Date.parse('2026-11-29T08:00:00Z');
const en = { language: 'en', colour: false, showsStacks: false } as const;
const zh = { ...en, language: 'zh' } as const;

it('says nothing of a clock that goes on from the newest record, or begins with none', () => {
  expect(clockText(now, now - 5_000, en)).toBeUndefined();
  expect(clockText(now, now + 5_000, en)).toBeUndefined();
  expect(clockText(now, 0, en)).toBeUndefined();
});

it('says of one that has gone back what it says, and of when the newest record is', () => {
  const back = now - 86_400_000;
  expect(clockText(back, now, en)).toContain(
    'it says 2026-11-28T08:00:00.000Z, and the newest record is of 2026-11-29',
  );
  expect(clockText(back, now, zh)).toContain(
    '显示 2026-11-28T08:00:00.000Z，而最新记录的时间是 2026-11-29T08:00:00.000Z',
  );
});

it('says of one that begins long ago that it is wrong, also where nothing is recorded yet', () => {
  expect(clockText(0, 0, en)).toContain('it says 1970-01-01T00:00:00.000Z; set it');
  expect(clockText(0, 0, zh)).toContain('显示 1970-01-01T00:00:00.000Z。请校准');
});
