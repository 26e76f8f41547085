import { setTimeout as pause } from 'node:timers/promises';
import { ownerRole } from '@yizhan/persistence';
import { Client } from 'pg';
import { readSigningKey } from '../../../apps/yizhan/src/runtime/data/signing-key.js';
import { runningServer } from '../../../apps/yizhan/src/runtime/postgres/open-database.js';
import { LoadClient } from '../../support/load/load-client.js';
import { type LoadArea, openAreas, startShifts, works } from '../../support/load/load-network.js';
import { TruckLoad } from '../../support/load/truck-load.js';
import { BenchProduct } from '../board/product.js';
import { tell } from '../ground/figures.js';
import { putClockBack } from './put-clock-back.js';

/** Workers in each area: as many trucks are under way at once as two cores can lead. */
const size = { areas: 4, workers: 4 };
const asFastAsItGoes = 1_000;
const lookEvery = 500;
const toldEvery = 500;
/** How long ago its past was: nothing of it is on today's boards, or counts for a driver's hours of today. */
const pastMilliseconds = 30 * 24 * 3_600_000;
const always = { YIZHAN_BACKUP_MINUTES: '0' };

/** The built product in a process of its own, with a past of so many trucks that it has led itself, over HTTP. */
export class AgedProduct {
  private constructor(
    readonly product: BenchProduct,
    readonly client: LoadClient,
    readonly areas: readonly LoadArea[],
  ) {}

  /** @param trucks that came, were handed over and went in a month ago; the drivers of then are on a new shift. */
  static async start(trucks: number, data?: string): Promise<AgedProduct> {
    putClockBack(pastMilliseconds);
    const product = await BenchProduct.start(data, ['--empty'], {
      ...always,
      NODE_OPTIONS: `--import=${new URL('./put-clock-back.js', import.meta.url).href}`,
      YIZHAN_BENCH_CLOCK_BACK: String(pastMilliseconds),
    });
    const then = await LoadClient.open(product.address, readSigningKey(product.directory));
    const areas = await openAreas(then, size.areas, size.workers);
    await lead(then, areas, trucks);
    putClockBack(0);
    await product.restart(always);
    const client = await LoadClient.open(product.address, readSigningKey(product.directory));
    await startShifts(client, areas);
    return new AgedProduct(product, client, areas);
  }

  /** Events in the log. */
  async events(): Promise<number> {
    const [row] = await this.rows<{ events: number }>('SELECT count(*)::int AS events FROM event_log.entries');
    return row?.events ?? 0;
  }

  /** As the owner of the tables sees it. */
  async rows<T extends object>(sql: string): Promise<T[]> {
    const client = await this.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async connect(): Promise<Client> {
    const client = new Client(runningServer(this.product.directory).as(ownerRole));
    await client.connect();
    return client;
  }

  stop(): Promise<void> {
    return this.product.stop();
  }
}

async function lead(client: LoadClient, areas: readonly LoadArea[], trucks: number): Promise<void> {
  const load = new TruckLoad(client, areas, asFastAsItGoes);
  load.start();
  for (let told = 0; load.through < trucks;) {
    await Promise.race([pause(lookEvery), load.broken]);
    if (load.through - told >= toldEvery) tell(`${(told = load.through)} of ${trucks} trucks`);
  }
  await load.finish();
  for (const { relayDrivers } of areas) {
    await Promise.all(relayDrivers.map((driverId) => works(client, `drivers/${driverId}/shift-end`)));
  }
}
