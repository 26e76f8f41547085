import { toIso } from '@yizhan/kernel';

type Instants<T> = { [K in keyof T]?: string };

/** Instants as RFC 3339; those that are missing are left out. */
export function isoFields<T extends Readonly<Record<string, number | null>>>(instants: T): Instants<T> {
  const known = Object.entries(instants).filter((entry): entry is [string, number] => entry[1] !== null);
  return Object.fromEntries(known.map(([name, instant]) => [name, toIso(instant)])) as Instants<T>;
}
