import { type Page, pageOf, uuidPattern } from '@yizhan/http';
import { parseInstant, Problem, toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { channelOf, type NoticeState } from './notice.js';
import type { NoticeToPersonResponse, NoticesQuery } from './notices.dto.js';
import { noticeSql } from './notices.sql.js';

interface NoticeRow extends Omit<
  NoticeToPersonResponse,
  'channel' | 'madeAt' | 'nextAttemptAt' | 'endedAt' | 'failedAt'
> {
  readonly state: NoticeState;
  readonly madeAt: number;
  readonly dueAt: number;
  readonly endedAt: number | null;
  readonly failedAt: number | null;
  readonly failure: NonNullable<NoticeToPersonResponse['failure']>;
  readonly failureWords: NonNullable<NoticeToPersonResponse['failureWords']>;
}

/** Whose notices: those of all stations, and of the area as a whole, where stations are not named. */
export interface NoticesScope {
  readonly areaCode: string;
  readonly stations?: readonly string[] | undefined;
}

/** Notices of one service, the newest first. */
export class Notices {
  readonly #list: string;

  constructor(
    private readonly database: Database,
    schema: string,
  ) {
    this.#list = noticeSql(schema).list;
  }

  async list({ areaCode, stations }: NoticesScope, query: NoticesQuery): Promise<Page<NoticeToPersonResponse>> {
    const { state, troubled, limit } = query;
    const [madeAt, noticeId] = cursorOf(query);
    const rows = await this.database.rows<NoticeRow>(this.#list, [
      areaCode,
      stations ?? null,
      state ?? null,
      troubled === 'true',
      madeAt,
      noticeId,
      limit + 1,
    ]);
    return pageOf(rows, limit, (row) => [toIso(row.madeAt), row.noticeId], shownNotice);
  }
}

function cursorOf(query: NoticesQuery): readonly [number | null, string | null] {
  const keys = query.afterKeys(2);
  if (keys === undefined) return [null, null];
  const [at = '', noticeId = ''] = keys;
  const madeAt = parseInstant(at);
  if (madeAt !== undefined && uuidPattern.test(noticeId)) return [madeAt, noticeId];
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

function shownNotice(row: NoticeRow): NoticeToPersonResponse {
  const { madeAt, dueAt, endedAt, failedAt, failure, failureWords, ...others } = row;
  return {
    ...others,
    channel: channelOf(row.gateway),
    madeAt: toIso(madeAt),
    ...(row.state === 'waiting' && { nextAttemptAt: toIso(dueAt) }),
    ...(endedAt !== null && { endedAt: toIso(endedAt) }),
    ...(failedAt !== null && { failedAt: toIso(failedAt), failure, failureWords }),
  };
}
