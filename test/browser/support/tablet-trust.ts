import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether a browser of this run can be made to trust an authority. */
export const canTrust = process.env['YIZHAN_TEST_CERTUTIL'] !== undefined;

/** Trusts an authority as somebody does by hand in the settings. @param home of the browser; @param file the certificate, DER or PEM. */
export async function trustAuthority(home: string, file: string): Promise<void> {
  const { executablePath, env } = JSON.parse(process.env['YIZHAN_TEST_CERTUTIL'] ?? '{}') as {
    executablePath: string;
    env: Record<string, string>;
  };
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...args: readonly string[]) =>
    promisify(execFile)(executablePath, ['-d', `sql:${store}`, ...args], { env: { ...process.env, ...env } });
  await certutil('-N', '--empty-password');
  await certutil('-A', '-n', 'station', '-t', 'C,,', '-i', file);
}
