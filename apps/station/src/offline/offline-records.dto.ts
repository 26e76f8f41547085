import { AnyObject, Code, Flag, Instant, Nested, OneOf, RequestKey, Uuid, WholeNumber } from '@yizhan/http';
import { TruckResponse } from '../custody/trucks.dto.js';
import { VisitResponse } from '../visits/visits.dto.js';
import { offlineKinds, type OfflineKindName } from './offline-kinds.js';

/** What one upload may bring; what is left comes in the next one. */
export const mostRecords = 200;

/** Bytes: 20 kB for each of that many, where a full completion takes two or three. */
export const largestUploadOfRecords = 4 * 1024 * 1024;

const outcomes = ['done', 'done_before', 'refused', 'not_tried'] as const;
const kinds = Object.keys(offlineKinds);

export class OfflineRecordField {
  @RequestKey({ description: 'its Idempotency-Key: the one with which it was sent online, where it was' })
  readonly requestId: string;

  @OneOf(kinds)
  readonly kind: OfflineKindName;

  @Instant({ description: 'when it happened, by the tablet’s clock' })
  readonly time: string;

  @Code({ optional: true, description: 'the id or plate in the address of the online route, where it has one' })
  readonly id?: string;

  @Uuid({ optional: true, description: 'the second id in that address: of the hold that is lifted' })
  readonly partId?: string;

  @AnyObject({ optional: true, description: 'as the online route takes it' })
  readonly body?: Readonly<Record<string, unknown>>;
}

export class OfflineRecordsRequest {
  @Code({ optional: true })
  readonly tabletId?: string;

  @Instant({ description: 'the tablet’s present time, as it sends: how far its clock is off is measured by it' })
  readonly tabletTime: string;

  @Nested(() => OfflineRecordField, {
    list: true,
    mostItems: mostRecords,
    description: 'in the order in which it happened',
  })
  readonly records: OfflineRecordField[];
}

/** The truck’s case as it stands, with what may be done next. */
export class TrueNowField {
  @Nested(() => VisitResponse, { optional: true })
  readonly visit?: VisitResponse;

  @Nested(() => TruckResponse, { optional: true })
  readonly truck?: TruckResponse;
}

export class OfflineResultField {
  @RequestKey()
  readonly requestId: string;

  @OneOf(outcomes, { description: '`not_tried`: an earlier record of the same truck was refused' })
  readonly status: (typeof outcomes)[number];

  @Instant({ description: 'when it happened, by our clock' })
  readonly time: string;

  @AnyObject({ optional: true, description: 'as the online route answers' })
  readonly answer?: object;

  @AnyObject({ optional: true, description: 'why it is refused, as the online route says it' })
  readonly problem?: object;

  @Nested(() => TrueNowField, { optional: true, description: 'what is so instead' })
  readonly now?: TrueNowField;

  @Uuid({ optional: true, description: 'of the exception that asks a person to look at it' })
  readonly exceptionId?: string;
}

export class OfflineRecordsResponse {
  @Uuid()
  readonly uploadId: string;

  @WholeNumber({ min: Number.MIN_SAFE_INTEGER, description: 'how far the tablet’s clock is behind ours' })
  readonly clockOffsetMilliseconds: number;

  @Flag({ description: 'every record is done, now or before' })
  readonly complete: boolean;

  @Nested(() => OfflineResultField, { list: true })
  readonly results: OfflineResultField[];
}
