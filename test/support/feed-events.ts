import type { EventData, EventName } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';

export interface FeedFacts {
  readonly areaCode?: string;
  readonly stationCode?: string;
  readonly carrierId?: string;
  readonly subject?: string;
  /** Characters that make the document longer. */
  readonly padding?: number;
}

/** Any event of a visit, as far as a reader of the log looks at it. */
export function feedEvent(name: EventName, facts: FeedFacts = {}): NewEvent {
  const { areaCode = 'jinhua', stationCode, carrierId, subject = 'visit/one', padding = 0 } = facts;
  const data = { visitId: 'one', areaCode, stationCode, reason: '浙'.repeat(padding) };
  return newEvent({
    name,
    subject,
    areaCode,
    time: Date.parse('2026-03-02T00:00:00.000Z'),
    data: data as unknown as EventData[EventName],
    ...(carrierId === undefined ? {} : { carrierId }),
  });
}
