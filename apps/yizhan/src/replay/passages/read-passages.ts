import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { badInput, messageOf, systemCode } from '@yizhan/process';
import { CsvError, parse } from 'csv-parse';
import type { Scenario } from '../../scenario/scenario.js';
import { parseLocalTime } from './local-time.js';
import type { Passage, PassageFile } from './passage.js';

const columns = ['time', 'tollgate_id', 'direction', 'vehicle_model', 'has_etc', 'vehicle_type'] as const;

type Column = (typeof columns)[number];
type Row = Readonly<Record<Column, string>>;

interface Played {
  readonly passages: Passage[];
  readonly seen: Set<string>;
  /** Passages that agree in all but a column that is none of ours. */
  readonly sameKey: Map<string, number>;
  readonly days: Set<string>;
  rowsInFile: number;
  cargoExits: number;
}

/** What decides which rows are played and whether they can be. */
export interface PassageChoice {
  readonly scenario: Pick<Scenario, 'gates' | 'vehicles' | 'utcOffsetMinutes'>;
  /** Local day such as `2016-10-19`; every day of the file where absent. */
  readonly day?: string;
}

/**
 * Reads real gate passages: columns by their header in any order, rows in any order, exact duplicates dropped, `.gz` too.
 * @throws Fault (exit code 2): one line that names file, row and column.
 */
export async function readPassages(file: string, choice: PassageChoice): Promise<PassageFile> {
  const played: Played = {
    passages: [],
    seen: new Set(),
    sameKey: new Map(),
    days: new Set(),
    rowsInFile: 0,
    cargoExits: 0,
  };
  const sha256 = await readRows(file, (row, line, raw) => takeRow(played, choice, row, { file, line, raw }));
  const { passages, rowsInFile, cargoExits, days } = played;
  if (passages.length === 0) throw nothingToPlay(file, choice.day, days);
  passages.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const count = { rowsInFile, cargoExits, duplicatesDropped: cargoExits - passages.length, used: passages.length };
  return { passages, count, sha256 };
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
}

function takeRow(played: Played, { scenario, day }: PassageChoice, row: Row, place: Place): void {
  played.rowsInFile += 1;
  const refuse = (column: Column, why: string) => badInput(`${place.file}:${place.line} column "${column}": ${why}`);
  const at = parseLocalTime(row.time, scenario.utcOffsetMinutes);
  if (at === undefined) throw refuse('time', `"${row.time}" is no time such as 2016-10-19 06:52:56`);
  if (row.direction !== '0' && row.direction !== '1')
    throw refuse('direction', `"${row.direction}" is neither 0 (entry) nor 1 (exit)`);
  if (!['', '0', '1'].includes(row.vehicle_type))
    throw refuse('vehicle_type', `"${row.vehicle_type}" is neither 0 (passenger) nor 1 (cargo)`);
  if (row.direction !== '1' || row.vehicle_type !== '1') return;
  if (!scenario.gates.some(({ tollgate }) => tollgate === row.tollgate_id)) {
    throw refuse(
      'tollgate_id',
      `the scenario has no gate "${row.tollgate_id}"; it has ${scenario.gates.map(({ tollgate }) => tollgate).join(', ')}`,
    );
  }
  if (!scenario.vehicles.some(({ model }) => model === row.vehicle_model)) {
    throw refuse('vehicle_model', `the scenario says no licence for model "${row.vehicle_model}"`);
  }
  const localDate = row.time.slice(0, 10);
  played.days.add(localDate);
  if (day !== undefined && localDate !== day) return;
  played.cargoExits += 1;
  if (played.seen.has(place.raw)) return;
  played.seen.add(place.raw);
  played.passages.push(passageOf(played, row, at));
}

function passageOf({ sameKey }: Played, row: Row, at: number): Passage {
  const facts = `${row.time}/${row.tollgate_id}/${row.vehicle_model}/${row.has_etc}`;
  const before = sameKey.get(facts) ?? 0;
  sameKey.set(facts, before + 1);
  return {
    key: before === 0 ? facts : `${facts}/${before + 1}`,
    at,
    tollgate: row.tollgate_id,
    vehicleModel: row.vehicle_model,
  };
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

async function readRows(file: string, take: (row: Row, line: number, raw: string) => void): Promise<string> {
  const hash = createHash('sha256');
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    columns: (header: string[]) => checkHeader(file, header),
  });
  const source = createReadStream(file).on('data', (chunk) => hash.update(chunk));
  const reading = file.endsWith('.gz') ? pipeline(source, createGunzip(), parser) : pipeline(source, parser);
  // The loop below sees the same error; without this it would count as unhandled as well.
  reading.catch(() => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      take(record, info.lines, Object.values(record).join(','));
    }
    await reading;
  } catch (error) {
    throw readingFault(file, error);
  }
  return hash.digest('hex');
}

function checkHeader(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = columns.find((column) => !names.includes(column));
  if (missing) throw badInput(`${file}:1 column "${missing}": is missing; the columns are ${names.join(', ')}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badInput(`${file}:1 column "${twice}": is there twice`);
  return names;
}

function readingFault(file: string, error: unknown): unknown {
  if (error instanceof CsvError) {
    const line = typeof error.lines === 'number' ? error.lines : 1;
    return badInput(`${file}:${line} column "${columnOf(error)}": ${wordsOf(error)}`);
  }
  return systemCode(error) === undefined ? error : badInput(`${file}: cannot be read: ${messageOf(error)}`);
}

/** The field that is missing, or the last one where there are too many. */
function columnOf({ code, column }: CsvError): string {
  if (typeof column === 'string') return column;
  return /INCONSISTENT/.test(code) ? (columns.at(-1) ?? '') : columns[0];
}

function wordsOf({ code, message }: CsvError): string {
  if (/INCONSISTENT/.test(code)) return 'the row has more or fewer fields than the header';
  return code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and not closed' : message;
}

function nothingToPlay(file: string, day: string | undefined, days: ReadonlySet<string>) {
  const there = [...days].toSorted();
  if (day === undefined || there.length === 0) return badInput(`${file}: no cargo vehicle leaves at any gate in it`);
  return badInput(`${file}: no cargo vehicle leaves on ${day}`, `It has ${there[0]} to ${there.at(-1)}.`);
}
