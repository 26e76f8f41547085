import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { given } from '../cases/given.js';
import type { CorrectionResponse } from './corrections.dto.js';
import { nameOf } from './retraction.js';

/** What was corrected in a history: by whom, when, and what it said before and after. In the order of the corrections. */
export function correctionsIn(history: readonly YizhanEvent[]): CorrectionResponse[] {
  const byId = new Map(history.map((event) => [event.id, event]));
  return history.flatMap((event): CorrectionResponse[] => {
    if (!isEvent(event, 'record.retracted')) return [];
    const { retractedEventId, reason, replacedBy } = event.data;
    const before = byId.get(retractedEventId);
    if (!before) return [];
    return [
      {
        eventId: retractedEventId,
        type: nameOf(before),
        reason,
        correctedAt: event.time,
        before: before.data,
        ...given({ replacedBy, byId: event.data.byId, after: byId.get(replacedBy ?? '')?.data }),
      },
    ];
  });
}
