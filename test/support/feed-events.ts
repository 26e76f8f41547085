import type { EventData, EventName } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';

export interface FeedFacts {
  readonly areaCode?: string;
  readonly stationCode?: string;
  readonly carrierId?: string;
  readonly subject?: string;
  readonly correlationId?: string;
  readonly plate?: string;
  readonly consignments?: readonly { readonly id: string; readonly waybillNo?: string; readonly outboundNo?: string }[];
  readonly reason?: string;
  /** Characters that make the document longer. */
  readonly padding?: number;
}

/** Any event of a visit, as far as a reader of the log looks at it. */
export function feedEvent(name: EventName, facts: FeedFacts = {}): NewEvent {
  const { areaCode = 'jinhua', stationCode, carrierId, subject = 'visit/one', correlationId, padding = 0 } = facts;
  const { plate, consignments, reason = '浙'.repeat(padding) } = facts;
  const data = { visitId: 'one', areaCode, stationCode, plate, consignments, reason };
  return newEvent({
    name,
    subject,
    areaCode,
    time: Date.parse('2026-03-02T00:00:00.000Z'),
    data: data as unknown as EventData[EventName],
    ...(carrierId === undefined ? {} : { carrierId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  });
}
