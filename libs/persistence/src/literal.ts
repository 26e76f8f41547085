import { escapeLiteral } from 'pg';

/** A value as SQL text of no type yet, as a bound parameter would be: the statement that it goes to says what it is. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return escapeLiteral(`{${value.map(element).join(',')}}`);
  if (typeof value === 'object') return escapeLiteral(JSON.stringify(value));
  if (typeof value === 'string') return escapeLiteral(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return escapeLiteral(String(value));
  }
  throw new TypeError(`a ${typeof value} is no value of SQL`);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
