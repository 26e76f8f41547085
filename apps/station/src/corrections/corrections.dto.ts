import { AnyObject, Code, Codes, Flag, Instant, Nested, OneOf, Quantity, Uuid, WholeNumber } from '@yizhan/http';
import { HandedItemField } from '../cases/truck.dto.js';
import { corrections } from './correctable.js';

export const subjectKinds = ['visit', 'run', 'truck', 'driver'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

class OfAnEvent {
  @OneOf(subjectKinds, { description: 'what the event is about: the first part of its subject' })
  readonly subjectKind: SubjectKind;

  @Code({ description: 'the rest of its subject: an id, or a plate' })
  readonly subjectId: string;

  @Uuid()
  readonly eventId: string;
}

export class RetractEventRequest extends OfAnEvent {
  @OneOf(['did_not_occur'])
  readonly reason: 'did_not_occur';
}

export class CorrectEventRequest extends OfAnEvent {
  @OneOf(['incorrect_data'])
  readonly reason: 'incorrect_data';

  @AnyObject({
    description: 'the fields of the event that were wrong, as they are right; `docs/corrections.md` says which can be',
  })
  readonly data: Readonly<Record<string, unknown>>;
}

export class CorrectionAnswer {
  @Uuid({ description: 'the event that was taken back' })
  readonly eventId: string;

  @Uuid({ optional: true, description: 'the event that stands for it' })
  readonly replacedBy?: string;
}

export class CorrectionResponse extends CorrectionAnswer {
  @OneOf(Object.keys(corrections))
  readonly type: string;

  @OneOf(['did_not_occur', 'incorrect_data'])
  readonly reason: 'did_not_occur' | 'incorrect_data';

  @Code({ optional: true, description: 'who has corrected it' })
  readonly byId?: string;

  @Instant({ description: 'when it was corrected' })
  readonly correctedAt: string;

  @AnyObject({ description: 'what the event said' })
  readonly before: object;

  @AnyObject({ optional: true, description: 'what it says now' })
  readonly after?: object;
}

export class ConsignmentCorrection {
  @Code({ description: 'one of the visit’s' })
  readonly id: string;

  @Code({ optional: true })
  readonly category?: string;

  @Quantity({ optional: true })
  readonly tonnes?: number;

  @Code({ optional: true })
  readonly waybillNo?: string;

  @Code({ optional: true })
  readonly outboundNo?: string;
}

export class ArrivalCorrection {
  @WholeNumber({ optional: true, max: 9 })
  readonly priority?: number;

  @Instant({ optional: true })
  readonly dueAt?: string;

  @Nested(() => ConsignmentCorrection, { optional: true, list: true })
  readonly consignments?: ConsignmentCorrection[];
}

export class AnnouncementCorrection extends ArrivalCorrection {
  @Instant({ optional: true })
  readonly expectedAt?: string;
}

class SealCorrection {
  @Code()
  readonly number: string;

  @Flag()
  readonly intact: boolean;
}

export class CompletionCorrection {
  @Quantity({ optional: true })
  readonly odometerKm?: number;

  @Quantity({ optional: true, max: 100 })
  readonly fuelPercent?: number;

  @Nested(() => SealCorrection, { optional: true })
  readonly seal?: SealCorrection;

  @Nested(() => HandedItemField, { optional: true, list: true })
  readonly items?: HandedItemField[];
}

export class DepartureCorrection {
  @Codes()
  readonly reasons: string[];
}

export class CustodyCorrection {
  @Code({ optional: true })
  readonly reason?: string;

  @Nested(() => HandedItemField, { optional: true, list: true })
  readonly items?: HandedItemField[];
}

export class CredentialCorrection {
  @Code()
  readonly issuer: string;
}
