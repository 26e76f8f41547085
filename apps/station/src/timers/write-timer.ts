import type { Transaction } from '@yizhan/persistence';
import type { TimerChange } from '../cases/truck-case.js';

/** Sets a timer, moves it or takes it away, with the commit. */
export function writeTimer(tx: Transaction, { kind, ref, dueAt, keepsDueBy }: TimerChange): void {
  if (dueAt === null) tx.last(dropTimer, [kind, ref, keepsDueBy ?? null]);
  else tx.last(setTimer, [kind, ref, dueAt, keepsDueBy ?? null]);
}

const mayChange = (due: string, keepsDueBy: string): string =>
  `(${keepsDueBy}::double precision IS NULL OR ${due} > to_timestamp(${keepsDueBy}::double precision / 1000))`;

const setTimer = `
  INSERT INTO station.timers AS t (kind, ref, due_at) VALUES ($1, $2, to_timestamp($3::double precision / 1000))
  ON CONFLICT (kind, ref) DO UPDATE SET due_at = EXCLUDED.due_at WHERE ${mayChange('t.due_at', '$4')}`;

const dropTimer = `DELETE FROM station.timers WHERE kind = $1 AND ref = $2 AND ${mayChange('due_at', '$3')}`;
