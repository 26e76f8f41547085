import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { type NewNotice, noticeTemplate, type NoticeTemplate, type NoticeValues } from '@yizhan/notices';

/** Events that somebody is told of, or that end what he was told. */
export const toldTypes = [
  'visit.called',
  'visit.call_ended',
  'visit.moved',
  'run.left',
  'exception.opened',
  'exception.resolved',
] as const;

/** What is known of the truck that an event is about, and who of those whom it concerns has a phone. */
export interface TruckFacts {
  readonly areaCode: string;
  readonly stationCode: string;
  /** As people call it. */
  readonly stationName: string;
  readonly plate: string;
  /** Whoever answers for the truck, or has said at the gate that he brings it: `driver:R1`, `gate:<visitId>`. */
  readonly atTheWheel: readonly string[];
  /** Who is to take it over, as `driver:O1`. */
  readonly takesOver: readonly string[];
  /** Who is to be called at its carrier, as `carrier:C1`. */
  readonly carrier: readonly string[];
  /** When it is due back, epoch milliseconds. */
  readonly dueBackAt: number | null;
}

/** What an event means to people, before it is known who they are. */
export interface Telling {
  readonly subject: { readonly kind: 'visit' | 'run'; readonly id: string };
  readonly eventId: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  readonly about: string;
  /** Absent where it only ends what was told before. */
  readonly template?: NoticeTemplate;
  readonly to: readonly ('atTheWheel' | 'takesOver' | 'carrier')[];
  readonly overtakes: boolean;
  readonly isSequel: boolean;
  readonly bayCode?: string | undefined;
  /** Until when it holds, epoch milliseconds. */
  readonly until?: number | undefined;
}

/** What an event means to people; undefined for one that nobody is told of. */
export function tellingOf(event: YizhanEvent): Telling | undefined {
  const base = { eventId: event.id, at: parseInstant(event.time) ?? 0, overtakes: false, isSequel: false, to: [] };
  if (isEvent(event, 'visit.called')) {
    const { visitId, bayCode } = event.data;
    const to = ['atTheWheel'] as const;
    return { ...base, ...ofCall(visitId), template: 'called_to_bay', to, bayCode, overtakes: true };
  }
  if (isEvent(event, 'visit.call_ended')) {
    const { visitId, reason } = event.data;
    const ended = { ...base, ...ofCall(visitId), overtakes: true };
    return reason === 'withdrawn'
      ? { ...ended, template: 'call_withdrawn', to: ['atTheWheel'], isSequel: true }
      : ended;
  }
  if (isEvent(event, 'visit.moved')) {
    const { visitId, untilAt } = event.data;
    const about = `visit/${visitId}/station`;
    const subject = { kind: 'visit', id: visitId } as const;
    const ends = untilAt === undefined ? undefined : parseInstant(untilAt);
    return { ...base, subject, about, template: 'arrival_moved', to: ['carrier'], overtakes: true, until: ends };
  }
  if (isEvent(event, 'run.left')) {
    const { runId } = event.data;
    const subject = { kind: 'run', id: runId } as const;
    return { ...base, subject, about: `run/${runId}`, template: 'truck_returning', to: ['takesOver', 'carrier'] };
  }
  if (isEvent(event, 'exception.opened') && event.data.code === 'no_driver' && event.data.visitId !== undefined) {
    const subject = { kind: 'visit', id: event.data.visitId } as const;
    const about = `exception/${event.data.exceptionId}`;
    return { ...base, subject, about, template: 'no_driver_yet', to: ['atTheWheel', 'carrier'] };
  }
  if (isEvent(event, 'exception.resolved') && event.data.code === 'no_driver') {
    const subject = { kind: 'visit', id: '' } as const;
    return { ...base, subject, about: `exception/${event.data.exceptionId}`, overtakes: true };
  }
  return undefined;
}

const ofCall = (visitId: string) => ({
  subject: { kind: 'visit', id: visitId } as const,
  about: `visit/${visitId}/call`,
});

/** A text message for each of them; none where it would come too late. Instants are epoch milliseconds. */
export function truckNotices(telling: Telling, facts: TruckFacts, now: number, language: 'zh' | 'en'): NewNotice[] {
  const { template, eventId, about, at, isSequel } = telling;
  if (template === undefined) return [];
  const expiresAt = at + noticeTemplate(template).usefulForSeconds * 1_000;
  if (expiresAt <= now) return [];
  const recipients = [...new Set(telling.to.flatMap((who) => facts[who]))];
  return recipients.map((recipient) => ({
    cause: eventId,
    about,
    areaCode: facts.areaCode,
    stationCode: facts.stationCode,
    template,
    values: valuesOf(telling, facts, now),
    recipient,
    gateway: 'text',
    language,
    dueAt: now,
    expiresAt,
    isSequel,
  }));
}

function valuesOf(
  { bayCode, until }: Telling,
  { plate, stationName, dueBackAt }: TruckFacts,
  now: number,
): NoticeValues {
  const at = until ?? dueBackAt;
  return {
    plate,
    station: stationName,
    bay: bayCode ?? '',
    at: at === null || at <= now ? '' : localTime(at),
  };
}

/** In China, where all stations are. */
export const localTime = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(11, 16);
