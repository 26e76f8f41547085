import { hashOf } from '@yizhan/http';
import { isUuid } from '../cases/load-case.js';
import { type OfflineKind, offlineKinds } from './offline-kinds.js';
import type { OfflineRecordField } from './offline-records.dto.js';
import type { TabletClock } from './tablet-clock.js';
import { withRightTimes } from './tablet-times.js';

/** One thing that a tablet has logged, as its online route would have been asked. */
export interface LoggedRecord {
  readonly requestId: string;
  readonly kind: OfflineKind;
  /** When it happened by our clock, epoch milliseconds. */
  readonly at: number;
  /** Empty where the kind has none; a UUID in lower case. */
  readonly id: string;
  /** As `id`: the second thing in the address. */
  readonly part: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Address of the online route. */
  readonly url: string;
  /** The same as online: a request that was sent, and whose answer was lost, is not carried out again. */
  readonly hash: string;
}

export function loggedRecord(told: OfflineRecordField, clock: TabletClock, at: number): LoggedRecord {
  const kind: OfflineKind = offlineKinds[told.kind];
  const said = told.id ?? '';
  const part = told.partId ?? '';
  const route = kind.route.replace(':id', encodeURIComponent(said)).replace(':part', encodeURIComponent(part));
  const url = `/api/v1/${route}`;
  return {
    requestId: told.requestId,
    kind,
    at,
    id: isUuid(said) ? said.toLowerCase() : said,
    part: part.toLowerCase(),
    body: withRightTimes(told.body ?? {}, kind.tabletTimes, clock),
    url,
    hash: hashOf('POST', url, told.body ?? {}),
  };
}
