import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import { type CustomTypesConfig, type PoolClient, type QueryResult, types } from 'pg';
import { Problem } from '@yizhan/kernel';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { carrierRead } from './reading-for.js';
import { carrierRole } from './provision.js';

export type Row = Record<string, unknown>;

/** Everything that one transaction may do. There is no other way to the database while it is open. */
export interface Transaction {
  /**
   * Runs one statement (prepared once per connection; the text must be static) and gives its rows, instants as epoch
   * milliseconds. Statements sent without waiting travel together.
   */
  rows<T extends object = Row>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** As `rows`, for a guarded statement that must touch exactly one row. @throws Problem `conflict` otherwise. */
  one<T extends object = Row>(sql: string, values?: readonly unknown[]): Promise<T>;
  /**
   * Sends a statement together with the commit, after everything else: a change's last words, whose rows nobody reads.
   * Where it fails, the transaction is rolled back and its error thrown.
   */
  last(sql: string, values?: readonly unknown[]): void;
  /** Called after the commit has been acknowledged, never after a rollback. */
  onCommit(action: () => void): void;
}

const int8 = 20;
const timestamptz = 1184;

/** Instants come as epoch milliseconds and 8-byte integers as numbers: every one of ours fits. */
const numbersAndInstants: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return Number;
    if (oid === timestamptz)
      return (text: string) => (types.getTypeParser(timestamptz, 'text')(text) as Date).getTime();
    return types.getTypeParser(oid, format ?? 'text');
  }) as CustomTypesConfig['getTypeParser'],
};

interface Ending {
  over: boolean;
  readonly last: (readonly [sql: string, values: readonly unknown[]])[];
  readonly afterCommit: (() => void)[];
}

interface Committed<T> extends Pick<Ending, 'afterCommit'> {
  readonly result: T;
}

/** Until the end of the transaction: nothing but what the carrier may see, and nothing is changed. */
const becomeCarrier = `
  SELECT set_config('transaction_read_only', 'on', true), set_config('yizhan.carrier_id', $1, true),
         set_config('role', '${carrierRole}', true)`;

const deadlockOrSerialisation = new Set(['40001', '40P01']);
const attempts = 4;

/** One service's way to its schema: transactions that cannot nest, retried when PostgreSQL picks them as a deadlock's victim. */
export class Database {
  readonly #open = new AsyncLocalStorage<true>();
  readonly #statementNames = new Map<string, string>();
  #aside: Promise<DataSource> | undefined;

  constructor(readonly dataSource: DataSource) {}

  /**
   * TypeORM's manager for reads outside a transaction. @throws inside one, where it would be a second connection, and where
   * `readingFor` a carrier: that goes through `read`.
   */
  get manager(): EntityManager {
    this.#refuseInsideTransaction();
    if (carrierRead() !== undefined) throw new Error('a carrier is read for: use rows or read, which become its role');
    return this.dataSource.manager;
  }

  /** Reads by TypeORM outside a transaction; in one of the carrier's role where `readingFor` one. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    this.#refuseInsideTransaction();
    const carrierId = carrierRead();
    if (carrierId === undefined) return work(this.dataSource.manager);
    return this.dataSource.transaction(async (manager) => {
      await manager.query(becomeCarrier, [carrierId]);
      return work(manager);
    });
  }

  /** One statement outside a transaction; in one of the carrier's role where `readingFor` one. */
  rows<T extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const carrierId = carrierRead();
    if (carrierId !== undefined) return this.rowsForCarrier<T>(carrierId, sql, values);
    this.#refuseInsideTransaction();
    return this.#rowsOf<T>(this.dataSource, sql, values);
  }

  /** One statement that sees what the carrier may see, by row-level security. It goes out with all of its transaction at once. */
  async rowsForCarrier<T extends object = Row>(
    carrierId: string,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    return this.transaction(async (tx) => {
      // A plan belongs to the role that it was made for: the comment keeps it apart from that of the service.
      const [, rows] = await Promise.all([
        tx.rows(becomeCarrier, [carrierId]),
        tx.rows<T>(`/* carrier */ ${sql}`, values),
      ]);
      return rows;
    });
  }

  /**
   * One statement that commits by itself, also while a transaction is open: for what must outlive its rollback, such as a
   * count of failed tries. It has a pool of its own, so it never waits for a connection that a transaction holds. It must
   * not touch a row that an open transaction may have locked.
   */
  async aside<T extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    this.#aside ??= this.#openAside();
    return this.#rowsOf<T>(await this.#aside, sql, values);
  }

  /** Runs `work` in one transaction; `work` may run again after a deadlock, so it changes nothing outside. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#refuseInsideTransaction();
    const { result, afterCommit } = await this.#untilNoDeadlock(work);
    for (const action of afterCommit) action();
    return result;
  }

  async close(): Promise<void> {
    const aside = await this.#aside?.catch(() => undefined);
    if (aside?.isInitialized) await aside.destroy();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async #rowsOf<T extends object>(source: DataSource, sql: string, values: readonly unknown[]): Promise<T[]> {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return (await this.#send(client, sql, values)).rows as T[];
    } finally {
      await runner.release();
    }
  }

  /** Opened when it is first needed; asked again where that failed. */
  async #openAside(): Promise<DataSource> {
    const options = this.dataSource.options as Extract<DataSourceOptions, { type: 'postgres' }>;
    const source = new DataSource({ ...options, entities: [], migrations: [], poolSize: 2 });
    try {
      return await source.initialize();
    } catch (error) {
      this.#aside = undefined;
      throw error;
    }
  }

  async #untilNoDeadlock<T>(work: (tx: Transaction) => Promise<T>): Promise<Committed<T>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#open.run(true, () => this.#attempt(work));
      } catch (error) {
        if (attempt >= attempts || !deadlockOrSerialisation.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  async #attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<Committed<T>> {
    const runner = this.dataSource.createQueryRunner();
    const ending: Ending = { over: false, last: [], afterCommit: [] };
    try {
      const client = (await runner.connect()) as PoolClient;
      // Not awaited: the first statement travels with it; a failure here fails that statement too.
      this.#sendTogether(client);
      const begun = client.query('BEGIN');
      begun.catch(() => undefined);
      try {
        const result = await work(this.#transactionOn(client, ending));
        ending.over = true;
        await begun;
        await this.#commit(client, ending);
        return { result, afterCommit: ending.afterCommit };
      } catch (error) {
        ending.over = true;
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** The last statements travel with the commit; where one fails, COMMIT rolls back. */
  async #commit(client: PoolClient, { last }: Ending): Promise<void> {
    const sent = last.map(([sql, values]) => this.#send(client, sql, values));
    this.#sendTogether(client);
    const [{ command }] = await Promise.all([client.query('COMMIT'), ...sent]);
    if (command !== 'COMMIT') {
      throw new Error('the transaction was rolled back: a failed statement was ignored');
    }
  }

  #transactionOn(client: PoolClient, ending: Ending): Transaction {
    const rows = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> => {
      // The connection may be somebody else's by now.
      if (ending.over) throw new Error('the transaction is over: a statement was sent that nobody waited for');
      return (await this.#send(client, sql, values)).rows as T[];
    };
    return {
      rows,
      one: async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T> => {
        const [row, ...others] = await rows<T>(sql, values);
        if (!row || others.length > 0) {
          throw new Problem(
            'conflict',
            'STATE.CHANGED_MEANWHILE',
            'the record was changed by somebody else; read it again',
          );
        }
        return row;
      },
      last: (sql, values = []) => {
        ending.last.push([sql, values]);
      },
      onCommit: (action) => {
        ending.afterCommit.push(action);
      },
    };
  }

  #send(client: PoolClient, text: string, values: readonly unknown[]): Promise<QueryResult> {
    const name = this.#nameOf(text);
    this.#sendTogether(client);
    return client.query({ name, text, values: [...values], types: numbersAndInstants });
  }

  #nameOf(text: string): string {
    let name = this.#statementNames.get(text);
    if (!name) {
      name = `s${this.#statementNames.size}`;
      this.#statementNames.set(text, name);
    }
    return name;
  }

  /** Everything that is sent until the end of this turn leaves in one write. */
  #sendTogether(client: PoolClient): void {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    if (stream.writableCorked > 0) return;
    stream.cork();
    process.nextTick(() => stream.uncork());
  }

  #refuseInsideTransaction(): void {
    if (this.#open.getStore()) {
      throw new Error('a transaction is open: use the one that was handed in, a second would deadlock the pool');
    }
  }
}

/** SQLSTATE of a database error, such as `23505`. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Name of the constraint or unique index that a statement ran into, where the error is a unique violation. */
export function violatedUnique(error: unknown): string | undefined {
  if (sqlState(error) !== '23505') return undefined;
  const constraint = (error as { constraint?: unknown }).constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}
