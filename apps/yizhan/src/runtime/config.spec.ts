import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault, readDatabaseUrl } from '@yizhan/process';
import { readConfiguration, readTerminal, unknownVariables } from './config.js';

const faultOf = (environment: Record<string, string>): Fault => {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error('it was accepted');
};

describe('the configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has a default for everything', () => {
    expect(readConfiguration({})).toMatchObject({ httpHost: '127.0.0.1', httpPort: 7700, logLevel: 'warn' });
  });

  it.each([
    ['YIZHAN_HTTP_PORT', 'seventy'],
    ['YIZHAN_HTTP_PORT', '70000'],
    ['YIZHAN_HTTP_HOST', 'everywhere'],
    ['YIZHAN_HTTP_HOST', '192.168.1'],
    ['YIZHAN_LOG_LEVEL', 'loud'],
    ['YIZHAN_DATABASE_URL', 'nonsense'],
    ['YIZHAN_DATABASE_URL', 'mysql://user@host/yizhan'],
    ['YIZHAN_DATABASE_URL', 'postgres://user@host'],
    ['YIZHAN_DATABASE_URL', 'postgres://user@host/yizhan?sslmode=prefer'],
    ['YIZHAN_DATABASE_URL', 'postgres://host/yizhan'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault.exitCode).toBe(2);
    expect(fault.message).toContain(name);
  });

  it('never repeats the password of a database URL', () => {
    expect(faultOf({ YIZHAN_DATABASE_URL: 'postgres://user:hidden@host' }).message).not.toContain('hidden');
  });

  it('listens elsewhere than on loopback only where it is told to', () => {
    expect(readConfiguration({ YIZHAN_HTTP_HOST: '0.0.0.0' }).httpHost).toBe('0.0.0.0');
  });

  it('takes the password of the database URL from a file', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'a%41/b@c\n');
    const given = { YIZHAN_DATABASE_URL: 'postgres://user@host/yizhan', YIZHAN_DATABASE_PASSWORD_FILE: file };
    expect(readDatabaseUrl(readConfiguration(given).databaseUrl!)).toMatchObject({
      user: 'user',
      password: 'a%41/b@c',
    });
    expect(faultOf({ ...given, YIZHAN_DATABASE_URL: 'postgres://user:other@host/yizhan' }).message).toContain('FILE');
    expect(readConfiguration({ YIZHAN_DATABASE_PASSWORD_FILE: file }).databaseUrl).toBeUndefined();
  });

  it('finds variables that nobody reads', () => {
    expect(unknownVariables({ YIZHAN_PORT: '1', YIZHAN_HTTP_PORT: '1', YIZHAN_TEST_PG_URL: 'x', HOME: '/' })).toEqual([
      'YIZHAN_PORT',
    ]);
  });
});

describe('the terminal', () => {
  it('speaks the language of the locale, LC_ALL first', () => {
    expect(readTerminal({ LANG: 'zh_CN.UTF-8' }).language).toBe('zh');
    expect(readTerminal({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }).language).toBe('en');
    expect(readTerminal({}).language).toBe('en');
  });

  it('has no colours where NO_COLOR says so', () => {
    expect(readTerminal({}).colour).toBe(true);
    expect(readTerminal({ NO_COLOR: '1' }).colour).toBe(false);
  });
});
