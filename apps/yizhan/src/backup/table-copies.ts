import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Measured } from './encrypted-file.js';
import type { SequenceValue, TablePart } from './manifest.js';

/** A table of the product: a partitioned one is one table. */
export interface TablePlace {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Its primary key, empty where it has none: the same rows give the same bytes wherever they lie. */
  readonly orderBy: readonly string[];
}

/** What makes the text of values the same on every server, and how they are read. */
export const copySettings = `
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET client_encoding = 'UTF8'; SET work_mem = '64MB'; SET statement_timeout = 0`;

/** Every table of these schemas but those of migrations, which the program brings itself. */
export async function tablesOf(client: Client, schemas: readonly string[]): Promise<TablePlace[]> {
  const { rows } = await client.query<TablePlace>(listTables, [schemas]);
  return rows;
}

const listTables = `
  SELECT n.nspname AS schema, c.relname AS table,
    (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]') FROM pg_index i
       CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
     WHERE i.indrelid = c.oid AND i.indisprimary) AS "orderBy"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'
  ORDER BY n.nspname, c.relname`;

export async function sequencesOf(client: Client, schemas: readonly string[]): Promise<SequenceValue[]> {
  const { rows } = await client.query<SequenceValue>(
    `SELECT schemaname AS schema, sequencename AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = ANY ($1) AND last_value IS NOT NULL AND sequencename <> 'migrations_id_seq' ORDER BY 1, 2`,
    [schemas],
  );
  return rows;
}

const nameOf = ({ schema, table }: Pick<TablePlace, 'schema' | 'table'>): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
const listOf = (columns: readonly string[]): string => columns.map((column) => escapeIdentifier(column)).join(', ');

/** By the text of whole rows where there is no key. */
const orderOf = ({ orderBy }: TablePlace): string =>
  orderBy.length === 0 ? `rows::text COLLATE "C"` : listOf(orderBy);

/** The rows of a table as this transaction sees them, and how many they were once it has ended. */
export function rowsOf(client: Client, place: TablePlace): { stream: Readable; count: () => number } {
  const select = `SELECT ${listOf(place.columns)} FROM ${nameOf(place)} AS rows ORDER BY ${orderOf(place)}`;
  const stream = client.query(copyTo(`COPY (${select}) TO STDOUT`));
  return { stream, count: () => stream.rowCount };
}

/** Takes the rows of a table in. */
export function intoTable(client: Client, place: TablePlace): Writable {
  return client.query(copyFrom(`COPY ${nameOf(place)} (${listOf(place.columns)}) FROM STDIN`));
}

/** SHA-256 of the rows as they lie in this database, hex. */
export async function digestOf(client: Client, place: TablePlace): Promise<string> {
  const measured = new Measured();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(rowsOf(client, place).stream, measured, nowhere);
  return measured.digest();
}

/** Empties every table at once: migrations have put rows into some. */
export async function emptyTables(
  client: Client,
  places: readonly Pick<TablePart, 'schema' | 'table'>[],
): Promise<void> {
  await client.query(`TRUNCATE ${places.map(nameOf).join(', ')}`);
}

export async function setSequences(client: Client, sequences: readonly SequenceValue[]): Promise<void> {
  for (const { schema, name, value } of sequences) {
    await client.query('SELECT setval(format($1, $2::text, $3::text)::regclass, $4::bigint)', [
      '%I.%I',
      schema,
      name,
      value,
    ]);
  }
}
