import { isDatabaseDown } from './database-down.js';

const withCode = (code: string, message = 'failed'): Error => Object.assign(new Error(message), { code });

it.each([
  ['a server that is stopped', withCode('ECONNREFUSED')],
  ['the socket of a server on this machine that is stopped', withCode('ENOENT', 'connect ENOENT /run/.s.PGSQL.5432')],
  ['a server that is shutting down', withCode('57P01')],
  ['a server that is starting', withCode('57P03')],
  ['too many connections', withCode('53300')],
  ['a connection that broke', new Error('Connection terminated unexpectedly')],
])('waits for %s', (_, error) => {
  expect(isDatabaseDown(error)).toBe(true);
});

it.each([
  ['a violated constraint', withCode('23505')],
  ['a fault of ours', new TypeError('cannot read properties of undefined')],
  ['a deadlock', withCode('40P01')],
  ['nothing', undefined],
])('does not wait for %s', (_, error) => {
  expect(isDatabaseDown(error)).toBe(false);
});
