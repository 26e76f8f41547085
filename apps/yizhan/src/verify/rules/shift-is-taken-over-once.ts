import { maybeText, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';

interface Offer {
  readonly stationCode: string;
  readonly outgoingId: string;
  readonly picture: string;
  readonly takenBy?: string;
  readonly isReplaced?: boolean;
}

/** Rule 10, of shifts: what is taken over was handed over before, by another person, with the same picture, and once. */
export function shiftIsTakenOverOnce(): Rule {
  const offers = new Map<string, Offer>();
  const put = (id: string, more: Partial<Offer>): void => {
    const offer = offers.get(id);
    if (offer) offers.set(id, { ...offer, ...more });
  };
  return {
    number: 10,
    on: {
      'station.shift_handed_over': (event) => offerFault(event, offers),
      'station.shift_taken_over': (event) => takeoverFault(event, offers),
    },
    observe: (event) => {
      const id = text(event.data, 'handoverId');
      if (event.type === 'yizhan.station.shift_handed_over.v1') {
        const { data } = event;
        const offer = { outgoingId: text(data, 'outgoingId'), picture: text(data, 'picture') };
        offers.set(id, { stationCode: subjectId(event), ...offer });
        const replaced = maybeText(data, 'replaces');
        if (replaced !== undefined) put(replaced, { isReplaced: true });
      } else if (event.type === 'yizhan.station.shift_taken_over.v1') {
        put(id, { takenBy: text(event.data, 'incomingId') });
      }
    },
  };
}

function offerFault({ data }: PlainEvent, offers: ReadonlyMap<string, Offer>): string | undefined {
  const id = text(data, 'handoverId');
  if (offers.has(id)) return `shift handover ${id} is offered twice`;
  const replaced = maybeText(data, 'replaces');
  if (replaced === undefined) return undefined;
  const before = offers.get(replaced);
  if (!before) return `shift handover ${id} replaces ${replaced}, which no earlier event offers`;
  return before.takenBy === undefined
    ? undefined
    : `shift handover ${id} replaces ${replaced}, which ${before.takenBy} has taken`;
}

function takeoverFault(event: PlainEvent, offers: ReadonlyMap<string, Offer>): string | undefined {
  const { data } = event;
  const id = text(data, 'handoverId');
  const offer = offers.get(id);
  const incomingId = text(data, 'incomingId');
  if (!offer) return `shift handover ${id} is taken over, but no earlier event offers it`;
  if (offer.stationCode !== subjectId(event)) return `shift handover ${id} is of station ${offer.stationCode}`;
  if (offer.takenBy !== undefined) return `shift handover ${id} is taken over twice`;
  if (offer.isReplaced) return `shift handover ${id} is taken over after a newer one has replaced it`;
  if (offer.outgoingId === incomingId) return `shift handover ${id} is taken over by ${incomingId}, who hands it over`;
  if (offer.picture !== text(data, 'picture'))
    return `shift handover ${id} is taken over with another picture than was signed`;
  return undefined;
}
