import type {
  DiscardedEvent,
  ParkedEvent,
  ParkedEventDetail,
  ParkedSummary,
  QuarantinedMessage,
} from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type {
  DiscardedEventResponse,
  ParkedEventDetailResponse,
  ParkedEventResponse,
  ParkedSummaryResponse,
  QuarantinedMessageResponse,
} from './parked-events.dto.js';

export function toParkedEvent({ group: _, nextAttemptAt, parkedAt, ...event }: ParkedEvent): ParkedEventResponse {
  return { ...event, ...instantsOf({ nextAttemptAt, parkedAt }) };
}

export function toDetail({
  group: _,
  nextAttemptAt,
  parkedAt,
  document,
  history,
  ...event
}: ParkedEventDetail): ParkedEventDetailResponse {
  return {
    ...event,
    ...instantsOf({ nextAttemptAt, parkedAt }),
    event: JSON.parse(document) as object,
    history: history.map(({ recordedAt, ...each }) => ({ ...each, recordedAt: toIso(recordedAt) })),
  };
}

export function toSummary({ group: _, oldestParkedAt, ...summary }: ParkedSummary): ParkedSummaryResponse {
  return { ...summary, oldestParkedAt: toIso(oldestParkedAt) };
}

export function toDiscarded({ group: _, document, discardedAt, ...event }: DiscardedEvent): DiscardedEventResponse {
  return { ...event, discardedAt: toIso(discardedAt), event: JSON.parse(document) as object };
}

export function toQuarantined({ group: _, quarantinedAt, ...message }: QuarantinedMessage): QuarantinedMessageResponse {
  return { ...message, quarantinedAt: toIso(quarantinedAt) };
}

type Instants = Pick<ParkedEvent, 'nextAttemptAt' | 'parkedAt'>;

function instantsOf({ nextAttemptAt, parkedAt }: Instants): Pick<ParkedEventResponse, keyof Instants> {
  return { nextAttemptAt: nextAttemptAt === null ? null : toIso(nextAttemptAt), parkedAt: toIso(parkedAt) };
}
