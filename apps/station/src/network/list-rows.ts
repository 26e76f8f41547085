import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import type { Database } from '@yizhan/persistence';
import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

export interface RowList<Row extends ObjectLiteral, Item> {
  readonly of: EntityTarget<Row>;
  /** The text columns that order the list and tell its rows apart. */
  readonly keys: readonly (keyof Row & string)[];
  /** Equal to the value, or to one of the values; `undefined` asks for nothing. */
  readonly where?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** What no column says alone: a condition on `row`, with its parameters. */
  readonly matching?: { readonly sql: string; readonly parameters: Readonly<Record<string, string>> } | undefined;
  /** Before the instant, epoch milliseconds; `undefined` asks for nothing. */
  readonly before?: Readonly<Record<string, number | undefined>>;
  readonly item: (row: Row) => Item;
}

/** One page of rows in the order of their keys. */
export async function listRows<Row extends ObjectLiteral, Item>(
  database: Database,
  query: PageQuery,
  list: RowList<Row, Item>,
): Promise<Page<Item>> {
  const rows = await database.read((manager) => selectOf(manager, query, list).getMany());
  return pageOf(rows, query.limit, (row) => list.keys.map((key) => String(row[key])), list.item);
}

function selectOf<Row extends ObjectLiteral, Item>(
  manager: EntityManager,
  query: PageQuery,
  { of, keys, where = {}, matching, before = {} }: RowList<Row, Item>,
): SelectQueryBuilder<Row> {
  const select = manager.createQueryBuilder(of, 'row').limit(query.limit + 1);
  for (const key of keys) select.addOrderBy(`row.${key}`);
  const after = query.afterKeys(keys.length);
  if (after) {
    const columns = keys.map((key) => `row.${key}`).join(', ');
    const values = keys.map((_key, index) => `:after${index}`).join(', ');
    select.andWhere(
      `(${columns}) > (${values})`,
      Object.fromEntries(after.map((value, index) => [`after${index}`, value])),
    );
  }
  for (const [property, value] of Object.entries(where)) {
    if (value === undefined) continue;
    const condition = Array.isArray(value) ? `row.${property} = ANY(:${property})` : `row.${property} = :${property}`;
    select.andWhere(condition, { [property]: value });
  }
  if (matching) select.andWhere(matching.sql, matching.parameters);
  for (const [property, instant] of Object.entries(before)) {
    if (instant === undefined) continue;
    const parameter = `${property}Before`;
    select.andWhere(`row.${property} < to_timestamp(:${parameter}::double precision / 1000)`, { [parameter]: instant });
  }
  return select;
}
