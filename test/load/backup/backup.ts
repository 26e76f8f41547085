import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { createLog } from '@yizhan/service-process';
import { AnnounceVisit } from '../../../apps/station/src/visits/announce-visit.js';
import { CancelVisit } from '../../../apps/station/src/visits/cancel-visit.js';
import { backupKeyFile, readBackupKey } from '../../../apps/yizhan/src/backup/backup-key.js';
import { makeBackup } from '../../../apps/yizhan/src/backup/make-backup.js';
import { restoreBackup } from '../../../apps/yizhan/src/backup/restore-backup.js';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../../apps/yizhan/src/runtime/data/discard.js';
import { runningServer } from '../../../apps/yizhan/src/runtime/postgres/open-database.js';
import { Runtime } from '../../../apps/yizhan/src/runtime/runtime.js';
import { RuntimeWorld } from '../../../apps/yizhan/src/runtime/runtime-world.js';
import { loadNetwork } from '../../../apps/yizhan/src/scenario/load-network.js';
import { yiwu } from '../../../apps/yizhan/src/scenario/yiwu.js';
import { printResult, rounded, tell } from '../ground/figures.js';

export interface BackupBenchOptions {
  /** In the log when the backup is made. */
  readonly events: number;
  readonly data?: string | undefined;
}

const goalSeconds = 300;
const atOnce = 48;
const caller = 'bench';

/** A log of so many events is backed up while more come, and restored: every table is compared, and the log verified. */
export async function runBackup({ events, data }: BackupBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(data ?? tmpdir(), 'yizhan-bench-backup-'));
  const directory = new DataDirectory(join(folder, 'station'));
  const restored = new DataDirectory(join(folder, 'restored'));
  const runtime = await startProduct(directory);
  const load = new Announcements(runtime);
  try {
    await loadNetwork(new RuntimeWorld(runtime), yiwu);
    load.start();
    await grownTo(runtime, events);
    const [made, backupSeconds] = await timed(() =>
      makeBackup({
        server: runningServer(directory),
        directory,
        target: join(folder, 'backups'),
        reason: 'regular',
        now: Date.now(),
        reserveBytes: 0,
      }),
    );
    await load.stop();
    await runtime.stop();
    const key = await readBackupKey(backupKeyFile(directory));
    const [{ verdict }, restoreSeconds] = await timed(() =>
      restoreBackup({ folder: made.folder, key, directory: restored, tell }),
    );
    printResult({
      bench: 'backup',
      events: verdict.events,
      backupSeconds: rounded(backupSeconds),
      megabytes: rounded(made.bytes / 1e6),
      tables: made.manifest.tables.length,
      restoreSeconds: rounded(restoreSeconds),
      holds: verdict.ok,
      goal: goalSeconds,
      met: verdict.ok && restoreSeconds <= goalSeconds,
    });
  } finally {
    await load.stop();
    await runtime.stop();
    for (const each of [directory, restored]) discardDataDirectory(each);
    rmSync(folder, { recursive: true, force: true });
  }
}

function startProduct(directory: DataDirectory): Promise<Runtime> {
  return Runtime.start({
    directory,
    clock: new SystemClock(),
    ids: new RandomIds(),
    database: 'embedded',
    mode: 'live',
    isDurable: false,
    what: 'bench',
    log: createLog('warn'),
    tell,
  });
}

async function grownTo(runtime: Runtime, events: number): Promise<void> {
  for (let told = 0; ;) {
    const head = await runtime.services.reader.head();
    if (head >= events) return;
    if (head - told >= 50_000) tell(`${(told = head)} events`);
    await pause(500);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, (performance.now() - begun) / 1_000];
}

/** Trucks that are announced and cancelled, as many as go. */
class Announcements {
  readonly #announce = this.runtime.application.get(AnnounceVisit);
  readonly #cancel = this.runtime.application.get(CancelVisit);
  #isStopping = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(private readonly runtime: Runtime) {}

  start(): void {
    this.#running = Promise.all(Array.from({ length: atOnce }, () => this.#work()));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
  }

  async #work(): Promise<void> {
    const [station] = yiwu.stations;
    const [enterprise] = yiwu.enterprises;
    const [carrier] = yiwu.carriers;
    if (!station || !enterprise || !carrier) throw new Error('the scenario has no station, enterprise or carrier');
    while (!this.#isStopping) {
      const visitId = randomUUID();
      await this.#announce.execute(this.#request(), {
        visitId,
        stationCode: station.code,
        zoneId: enterprise.zone,
        flow: 'into_zone',
        truck: { plate: `浙G${visitId.slice(0, 8).toUpperCase()}`, plateColour: 'yellow', licenceRequired: 'A2' },
        carrierId: carrier.id,
        expectedAt: Date.now() + 3_600_000,
        consignments: [{ id: `consignment-${visitId}`, enterpriseId: enterprise.id, category: 'parts' }],
      });
      await this.#cancel.execute(this.#request(), { visitId, reason: 'plans_changed' });
    }
  }

  #request() {
    const key = randomUUID();
    return { key, caller, hash: key, at: Date.now() };
  }
}
