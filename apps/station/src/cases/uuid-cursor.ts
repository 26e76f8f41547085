import type { PageQuery } from '@yizhan/http';
import { Problem } from '@yizhan/kernel';
import { isUuid } from './load-case.js';

/** For lists whose key is a UUID. @throws Problem `REQUEST.BAD_CURSOR` where `after` holds something else. */
export function assertUuidCursor(query: PageQuery): void {
  const [key] = query.afterKeys(1) ?? [];
  if (key === undefined || isUuid(key)) return;
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}
