import { spawnSync } from 'node:child_process';
import { executable, findPostgresBinaries } from './postgres-binaries.js';
import { killArguments } from './signal-postgres.js';

it('asks PostgreSQL’s own program in words that it knows', () => {
  expect(killArguments(42, 'SIGINT')).toEqual(['kill', 'INT', '42']);
  expect(killArguments(42, 'SIGQUIT')).toEqual(['kill', 'QUIT', '42']);
  const help = spawnSync(executable(findPostgresBinaries().folder, 'pg_ctl'), ['--help'], { encoding: 'utf8' }).stdout;
  expect(help).toMatch(/pg_ctl kill +SIGNALNAME PID/);
  expect(help).toMatch(/Allowed signal names for kill:\n +.*\bINT\b.*\bQUIT\b/);
});
