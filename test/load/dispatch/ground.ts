import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventSources } from '@yizhan/contracts';
import { eventLogMigrations, LogReader, newEvent, Outbox, RecentEntries, Sequencer } from '@yizhan/event-log';
import { newSigningKey, publicKeyOf, type SigningKey } from '@yizhan/identity';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { newWrappingKey } from '@yizhan/keystore';
import type { Connection, Database } from '@yizhan/persistence';
import { dispatchMigrations } from '../../../apps/dispatch/src/dispatch.module.js';
import { Child } from '../ground/child.js';
import { type DatabaseGround, openDatabase } from '../ground/database.js';
import { alsoWhenBrokenOff } from '../ground/ending.js';
import type { ProductSettings } from './product.js';

interface LoadParts {
  readonly database: DatabaseGround;
  readonly keys: string;
  readonly writing: Database;
  readonly sequencing: Database;
  readonly key: SigningKey;
  readonly product: Child;
  readonly address: string;
}

/** A log that is written to here, and dispatch in a process of its own that reads it. */
export class LoadGround {
  readonly close = alsoWhenBrokenOff(() => this.#close());
  readonly #outbox = new Outbox(eventSources.station, new SystemClock(), new RandomIds(), () => undefined);
  readonly #sequencer: Sequencer;
  readonly #reader: LogReader;
  #writes = 0;
  #sequencing = Promise.resolve();

  private constructor(private readonly parts: LoadParts) {
    this.#sequencer = new Sequencer(parts.sequencing, new RecentEntries());
    this.#reader = new LogReader(parts.writing);
  }

  static async open(folder = tmpdir()): Promise<LoadGround> {
    const database = await openDatabase([eventLogMigrations, dispatchMigrations], folder);
    const keys = mkdtempSync(join(folder, 'yizhan-bench-keys-'));
    const [writing, sequencing] = await Promise.all([database.open('station'), database.open('eventLog', 2)]);
    const key = await newSigningKey();
    const product = await Child.start(new URL('./product.js', import.meta.url));
    const settings: ProductSettings = {
      connection: database.connection('dispatch'),
      keystore: { folder: join(keys, 'keystore'), wrapping: newWrappingKey() },
      key: publicKeyOf(key),
    };
    const address = await product.ask<string>('open', settings);
    return new LoadGround({ database, keys, writing, sequencing, key, product, address });
  }

  /** Signs the tokens that the product takes. */
  get key(): SigningKey {
    return this.parts.key;
  }

  get product(): Child {
    return this.parts.product;
  }

  /** Where the product answers. */
  get address(): string {
    return this.parts.address;
  }

  /** How another process reads the log. */
  get connection(): Connection {
    return this.parts.database.connection('dispatch');
  }

  head(): Promise<number> {
    return this.#reader.head();
  }

  /** Commits so many events, and gives all that is committed its places in the log. Writes may overlap. */
  async write(count: number): Promise<void> {
    const number = (this.#writes += 1);
    const events = Array.from({ length: count }, (_none, index) => eventOf(number + index));
    await this.parts.writing.transaction(async (tx) =>
      this.#outbox.append(tx, { id: `bench ${number}`, causationId: 'bench' }, events),
    );
    this.#sequencing = this.#sequencing.then(async () => {
      while ((await this.#sequencer.pass()) > 0);
    });
    await this.#sequencing;
  }

  async #close(): Promise<void> {
    const { product, database, keys } = this.parts;
    await product.ask('close');
    await product.stop();
    await database.close();
    rmSync(keys, { recursive: true, force: true });
  }
}

const eventOf = (index: number) =>
  newEvent({
    name: 'visit.queued',
    subject: `visit/${index % 500}`,
    areaCode: 'jinhua',
    time: index,
    carrierId: 'shunfa',
    data: { visitId: `${index % 500}`, areaCode: 'jinhua', stationCode: 'JD' } as never,
  });
