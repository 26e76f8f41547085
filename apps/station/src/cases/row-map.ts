import type { Transaction } from '@yizhan/persistence';
import { exactlyOne } from '../changes/exactly-one.js';

/** Column by field; `:instant` and `:json` say how a value is written. */
type Columns = Readonly<Record<string, string>>;

interface Versioned {
  readonly version: number;
}

/**
 * How one kind of state lies in its table. Reading gives the state as it is, instants as epoch milliseconds; writing is an
 * insert for version 0 and else an update that is guarded by the version.
 */
export class RowMap<State extends Versioned> {
  readonly #columns: readonly Column[];
  readonly #insert: string;
  readonly #update: string;
  readonly #written: readonly string[];
  readonly #changed: readonly string[];
  readonly #json: ReadonlySet<string>;

  constructor(
    table: string,
    private readonly key: string,
    fixed: Columns,
    changing: Columns,
  ) {
    const all = Object.entries({ ...fixed, ...changing }).map(([field, text]) => columnOf(field, text));
    const changed = Object.entries(changing).map(([field, text]) => columnOf(field, text));
    const keyColumn = columnOf(key, fixed[key] ?? key).column;
    this.#written = all.map(({ field }) => field);
    this.#changed = changed.map(({ field }) => field);
    this.#json = new Set(all.filter(({ kind }) => kind === 'json').map(({ field }) => field));
    this.#columns = [...all, columnOf('version', 'version')];
    this.#insert = `INSERT INTO ${table} (${all.map(({ column }) => column).join(', ')})
      VALUES (${all.map(({ kind }, index) => placeholder(kind, index + 1)).join(', ')})`;
    const assignments = changed.map(({ column, kind }, index) => `${column} = ${placeholder(kind, index + 3)}`);
    this.#update = exactlyOne(`UPDATE ${table} SET ${assignments.join(', ')}, version = version + 1
      WHERE ${keyColumn} = $1 AND version = $2`);
  }

  /** The state as one JSON value, of the table under `alias`: a description of 20 columns costs more than the row. */
  json(alias: string): string {
    const fields = this.#columns.map(
      ({ field, column, kind }) => `'${field}', ${jsonValue(`${alias}.${column}`, kind)}`,
    );
    return `json_build_object(${fields.join(', ')})`;
  }

  /** Goes with the commit, which becomes a `conflict` where somebody else has changed the row meanwhile. */
  write(tx: Transaction, state: State): void {
    const fields = state as unknown as Record<string, unknown>;
    if (state.version === 0) tx.last(this.#insert, this.#values(fields, this.#written));
    else tx.last(this.#update, [fields[this.key], state.version, ...this.#values(fields, this.#changed)]);
  }

  #values(fields: Record<string, unknown>, names: readonly string[]): unknown[] {
    return names.map((name) => {
      const value = fields[name] ?? null;
      return value !== null && this.#json.has(name) ? JSON.stringify(value) : value;
    });
  }
}

interface Column {
  readonly field: string;
  readonly column: string;
  readonly kind: string;
}

function columnOf(field: string, text: string): Column {
  const [column = text, kind = 'plain'] = text.split(':');
  return { field, column, kind };
}

function placeholder(kind: string, number: number): string {
  return kind === 'instant' ? `to_timestamp($${number}::double precision / 1000)` : `$${number}`;
}

function jsonValue(column: string, kind: string): string {
  return kind === 'instant' ? `(extract(epoch FROM ${column}) * 1000)::bigint` : column;
}
