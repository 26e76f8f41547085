import type { PageQuery } from '@yizhan/http';
import { Problem } from '@yizhan/kernel';

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const wholePattern = /^\d{1,15}$/;

/** Where a list in the order of an instant and an id goes on. @throws Problem `invalid`. */
export function instantAndId(query: PageQuery): { readonly at: number; readonly id: string } | undefined {
  const after = query.afterKeys(2);
  if (!after) return undefined;
  const [at = '', id = ''] = after;
  if (!wholePattern.test(at) || !uuidPattern.test(id)) throw badCursor();
  return { at: Number(at), id };
}

/** How many of a list are skipped. @throws Problem `invalid`. */
export function skippedBy(query: PageQuery): number {
  const [place = '0'] = query.afterKeys(1) ?? [];
  if (!wholePattern.test(place)) throw badCursor();
  return Number(place);
}

const badCursor = () =>
  new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
