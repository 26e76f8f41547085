import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogMigrations, Outbox } from '@yizhan/event-log';
import { Problem, RandomIds, SystemClock } from '@yizhan/kernel';
import { Keystore, newWrappingKey } from '@yizhan/keystore';
import type { Database } from '@yizhan/persistence';
import { Changes } from '../../../apps/station/src/changes/changes.js';
import { PersonalData } from '../../../apps/station/src/personal-data/personal-data.js';
import type { SheetFile } from '../../../apps/station/src/sheets/files/write-sheet.js';
import { type ImportedSheet, ImportSheet } from '../../../apps/station/src/sheets/import-sheet.js';
import { DriversSheet } from '../../../apps/station/src/sheets/kinds/drivers-sheet.js';
import { stationMigrations } from '../../../apps/station/src/station.module.js';
import { openDatabase } from '../ground/database.js';
import { printResult, rounded, spreadOf, tell } from '../ground/figures.js';
import { badSheet, goodSheet, type SheetOptions, type Told } from './made-sheets.js';

export interface SheetsOptions {
  readonly rounds: number;
  readonly rows: number;
  readonly data?: string | undefined;
}

const goalSeconds = 10;
const cases = (['csv', 'xlsx'] as const).flatMap((format) =>
  [false, true].map((isPersonal) => ({ format, isPersonal })),
);

/** From the bytes of a sheet of drivers until all of them are committed with their events, or all are refused. */
export async function runSheets({ rounds, rows, data }: SheetsOptions): Promise<void> {
  const ground = await openDatabase([eventLogMigrations, stationMigrations], data);
  const keys = mkdtempSync(join(data ?? tmpdir(), 'yizhan-bench-keys-'));
  try {
    const database = await ground.open('station');
    await database.rows(`INSERT INTO station.areas (area_code, name) VALUES ('bench', 'Bench')`);
    const keystore = await Keystore.open({ folder: join(keys, 'keystore'), wrapping: newWrappingKey() });
    const bench = new Bench(database, keystore, keys);
    for (const { format, isPersonal } of cases) {
      const good: Measured[] = [];
      const bad: Measured[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const options = { rows, prefix: `${format}${isPersonal ? 'p' : 'd'}${round}`, isPersonal, format };
        const refused = await bench.refuse(options);
        const brought = await bench.bring(options);
        tell(
          `${format} ${isPersonal ? 'with' : 'without'} personal data, round ${round}: ${rounded(brought.seconds)} s` +
            ` (CPU ${rounded(brought.cpuSeconds)} s), refused in ${rounded(refused.seconds)} s`,
        );
        // The first round of each warms up.
        if (round === 0) continue;
        good.push(brought);
        bad.push(refused);
      }
      printResult({
        bench: 'sheets',
        rows,
        format,
        isPersonal,
        ...figuresOf(good),
        refused: figuresOf(bad),
        goalSeconds,
      });
    }
  } finally {
    await ground.close();
    rmSync(keys, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  /** Of this process: that of PostgreSQL is not in it. */
  readonly cpuSeconds: number;
}

class Bench {
  readonly #sheet: ImportSheet;
  readonly #drivers: DriversSheet;
  #nth = 0;

  constructor(
    private readonly database: Database,
    keystore: Keystore,
    private readonly keys: string,
  ) {
    const clock = new SystemClock();
    const ids = new RandomIds();
    const outbox = new Outbox('/yizhan/station', clock, ids, () => undefined);
    const changes = new Changes(database, outbox, clock, ids, keystore);
    this.#sheet = new ImportSheet(changes, database);
    this.#drivers = new DriversSheet(new PersonalData(database, keystore, clock));
  }

  /** @throws Error where it was not brought in whole. */
  async bring(options: SheetOptions): Promise<Measured> {
    const file = await goodSheet(options);
    const before = await this.#counts();
    const measured = await measure(async () => {
      const imported = await this.#import(file);
      if (imported.rows !== options.rows) throw new Error(`${imported.rows} rows were imported, not ${options.rows}`);
    });
    const keys = options.isPersonal ? options.rows : 0;
    assertSame(await this.#counts(), { drivers: before.drivers + options.rows, keys: before.keys + keys });
    return measured;
  }

  /** @throws Error where anything was written, or anything else was said than what is wrong. */
  async refuse(options: SheetOptions): Promise<Measured> {
    const { file, told } = await badSheet(options);
    const before = await this.#counts();
    const measured = await measure(async () => assertSame(await this.#refusalOf(file), told));
    assertSame(await this.#counts(), before);
    return measured;
  }

  #import({ type, bytes }: SheetFile): Promise<ImportedSheet> {
    const request = { key: `sheet-${(this.#nth += 1)}`, caller: 'bench', hash: String(this.#nth) };
    return this.#sheet.execute(request, this.#drivers, { type, bytes }, {});
  }

  async #refusalOf(file: SheetFile): Promise<readonly Told[]> {
    try {
      await this.#import(file);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'SHEET.BAD_ROWS') throw error;
      const { faults } = error.details as { faults: readonly { row: number; column: string; reason: string }[] };
      return faults.map(({ row, column, reason }) => [row, column, reason]);
    }
    throw new Error('a sheet with bad rows was brought in');
  }

  async #counts(): Promise<{ drivers: number; keys: number }> {
    const [row] = await this.database.rows<{ n: number }>('SELECT count(*)::int AS n FROM station.drivers');
    const folder = join(this.keys, 'keystore');
    const files = readdirSync(this.keys).length === 0 ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return { drivers: row?.n ?? 0, keys: files.filter((name) => /^keys.+[0-9a-f]{64}$/.test(name)).length };
  }
}

async function measure(work: () => Promise<void>): Promise<Measured> {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - began) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
}

function figuresOf(measured: readonly Measured[]) {
  return {
    seconds: spreadOf(measured.map(({ seconds }) => seconds)),
    cpuSeconds: spreadOf(measured.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

function assertSame(found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${is.slice(0, 500)} instead of ${should.slice(0, 500)}`);
}
