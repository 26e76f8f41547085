import { readRecovery, recoveryText } from './recovery.js';

/** As PostgreSQL 18 has written them. */
const crashed = `2026-11-29 07:01:12.100 UTC [11] LOG:  starting PostgreSQL 18.4 on x86_64-pc-linux-gnu
2026-11-29 07:01:12.110 UTC [14] LOG:  database system was interrupted; last known up at 2026-11-29 06:58:01 UTC
2026-11-29 07:01:12.210 UTC [14] LOG:  database system was not properly shut down; automatic recovery in progress
2026-11-29 07:01:12.220 UTC [14] LOG:  redo starts at 0/2E3F1F8
2026-11-29 07:01:12.420 UTC [14] LOG:  redo done at 0/35A1B40 system usage: CPU: user: 0.05 s, elapsed: 0.20 s
2026-11-29 07:01:12.420 UTC [14] LOG:  last completed transaction was at log time 2026-11-29 07:00:59.123456+00
2026-11-29 07:01:12.500 UTC [11] LOG:  database system is ready to accept connections
`;
const stopped = `2026-11-29 07:01:12.110 UTC [14] LOG:  database system was shut down at 2026-11-29 06:58:01 UTC
2026-11-29 07:01:12.200 UTC [11] LOG:  database system is ready to accept connections
`;

it('says nothing of a database that was stopped', () => {
  expect(readRecovery(stopped)).toBeUndefined();
});

it('says since when a killed one was away, and how far it has come', () => {
  const recovery = readRecovery(crashed);
  expect(recovery).toEqual({ lastUp: '2026-11-29 06:58:01', lastChange: '2026-11-29 07:00:59' });
  if (!recovery) return;
  const terminal = { colour: false, showsStacks: false } as const;
  expect(recoveryText(recovery, { ...terminal, language: 'en' })).toContain(
    'the newest change, of 2026-11-29 07:00:59',
  );
  expect(recoveryText(recovery, { ...terminal, language: 'zh' })).toContain('2026-11-29 07:00:59 UTC，已补做完成');
});

it('says so where nothing had to be done again', () => {
  const idle = crashed
    .split('\n')
    .filter((line) => !line.includes('last completed'))
    .join('\n');
  const recovery = readRecovery(idle);
  expect(recovery && recoveryText(recovery, { language: 'en', colour: false, showsStacks: false })).toContain(
    'nothing had to be done again',
  );
});
