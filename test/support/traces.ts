import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';

/** Text that must be nowhere, in every form in which it could lie there. */
export function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // Without the characters that what stands before and after has a part in.
    return text.slice(shift === 0 ? 0 : 4, bytes.length % 3 === (3 - shift) % 3 ? undefined : -4);
  });
  const wide = Buffer.from(secret, 'utf16le');
  // In a dump bytes stand as hexadecimal, such as those of a picture that the scheduler has kept.
  return [secret, bytes.toString('hex'), wide.toString('hex'), ...base64].map((form) => Buffer.from(form)).concat(wide);
}

/** Which of the secrets stand in a text or in bytes. */
export function secretsIn(content: Buffer | string, secrets: readonly string[]): string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return secrets.filter((secret) => formsOf(secret).some((form) => bytes.includes(form)));
}

/** Every file below a folder that holds one of the secrets. */
export function filesWith(folder: string, secrets: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && secretsIn(readFileSync(path), secrets).length > 0);
}

/** Every row of every table of a running product's database, as text. */
export async function dumpOf(data: string): Promise<string> {
  const directory = new DataDirectory(data);
  const { admin } = directory.readSecrets();
  const { port } = JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as { readonly port: number };
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password: admin, database: 'yizhan' });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      texts.push(name, ...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
