import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogMigrations, Outbox } from '@yizhan/event-log';
import { csvType } from '@yizhan/http';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { Keystore, newWrappingKey } from '@yizhan/keystore';
import type { Database } from '@yizhan/persistence';
import { Changes } from '../../../apps/station/src/changes/changes.js';
import { PersonalData } from '../../../apps/station/src/personal-data/personal-data.js';
import { ImportSheet } from '../../../apps/station/src/sheets/import-sheet.js';
import { DriversSheet } from '../../../apps/station/src/sheets/kinds/drivers-sheet.js';
import { stationMigrations } from '../../../apps/station/src/station.module.js';
import { openDatabase } from '../ground/database.js';
import { percentile, printResult, rounded, tell } from '../ground/figures.js';

export interface SheetsOptions {
  readonly rounds: number;
  readonly rows: number;
  readonly data?: string | undefined;
}

const goalSeconds = 10;
const plain = 'driverId,areaCode,licences,qualifiedFrom,qualifiedUntil,qualificationIssuer';

/** From the bytes of a sheet of drivers until all of them are committed with their events, with and without personal data. */
export async function runSheets({ rounds, rows, data }: SheetsOptions): Promise<void> {
  const ground = await openDatabase([eventLogMigrations, stationMigrations], data);
  const keys = mkdtempSync(join(data ?? tmpdir(), 'yizhan-bench-keys-'));
  try {
    const database = await ground.open('station');
    await database.rows(`INSERT INTO station.areas (area_code, name) VALUES ('bench', 'Bench')`);
    const keystore = await Keystore.open({ folder: join(keys, 'keystore'), wrapping: newWrappingKey() });
    const importing = importer(database, keystore);
    for (const isPersonal of [false, true]) {
      const seconds: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const took = await importing(sheetOf(rows, `${isPersonal ? 'p' : 'd'}${round}`, isPersonal), rows);
        tell(`${isPersonal ? 'with' : 'without'} personal data, round ${round}: ${rounded(took)} s`);
        // The first round of all warms up.
        if (round > 0) seconds.push(took);
      }
      const median = rounded(percentile(seconds, 0.5));
      const worst = rounded(Math.max(...seconds));
      printResult({ bench: 'sheets', rows, isPersonal, medianSeconds: median, worstSeconds: worst, goalSeconds });
    }
  } finally {
    await ground.close();
    rmSync(keys, { recursive: true, force: true });
  }
}

type Importing = (bytes: Buffer, rows: number) => Promise<number>;

function importer(database: Database, keystore: Keystore): Importing {
  const clock = new SystemClock();
  const ids = new RandomIds();
  const changes = new Changes(database, new Outbox('/yizhan/station', clock, ids, () => undefined), clock, ids);
  const sheet = new ImportSheet(changes, database);
  const drivers = new DriversSheet(new PersonalData(database, keystore, clock));
  let nth = 0;
  return async (bytes, rows) => {
    const request = { key: `sheet-${(nth += 1)}`, caller: 'bench', hash: String(nth) };
    const began = performance.now();
    const imported = await sheet.execute(request, drivers, { type: csvType, bytes }, {});
    if (imported.rows !== rows) throw new Error(`${imported.rows} rows were imported, not ${rows}`);
    return (performance.now() - began) / 1_000;
  };
}

function sheetOf(rows: number, prefix: string, isPersonal: boolean): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const line = `${prefix}-${index},bench,A2 B2,2024-01-01,2030-01-01,330700`;
    return isPersonal ? `${line},司机${index},1380${String(index).padStart(7, '0')}` : line;
  });
  return Buffer.from([isPersonal ? `${plain},name,phone` : plain, ...lines].join('\r\n'));
}
