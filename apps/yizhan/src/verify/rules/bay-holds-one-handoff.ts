import { shortName, subjectId, text, texts, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { Violation } from '../verify-report.js';
import { bayOf, type Occupation, type World } from '../world.js';

/**
 * Rule 8: no two swaps in one bay, no start at a suspended or closed station or in a closed bay; by the instants of the swaps, because an
 * offline swap is recorded late. So two swaps are compared once the later recorded of them has ended.
 */
export const bayHoldsOneHandoff: Rule = {
  number: 8,
  on: {
    'handoff.started': (event, world) => isOpen(event, world) ?? bayIsOpen(event, world),
    'handoff.completed': (event, world) => clash(event, world, text(event.data, 'custodyAt')),
    'handoff.aborted': (event, world) => clash(event, world, event.time),
    'station.suspended': nothingBegan,
    'station.closed': nothingBegan,
    'station.bays_changed': nothingIsIn,
  },
  atEnd: unfinishedClashes,
};

function isOpen(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  const station = world.stations.get(visit?.stationCode ?? '');
  const startedAt = text(event.data, 'startedAt');
  const pause = station?.pauses.find((one) => one.from <= startedAt && (one.to === undefined || startedAt < one.to));
  return (
    pause &&
    `handoff ${text(event.data, 'handoffId')} of truck ${visit?.plate} starts at ${startedAt}, but station ${station?.code} is ${pause.why} since ${pause.from}`
  );
}

function bayIsOpen(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  const bayCode = text(event.data, 'bayCode');
  const startedAt = text(event.data, 'startedAt');
  const closedAt = bayOf(world, visit, bayCode)?.closedAt;
  if (closedAt === undefined || startedAt < closedAt) return undefined;
  return `handoff ${text(event.data, 'handoffId')} of truck ${visit?.plate} starts at ${startedAt} in bay ${bayCode}, which is closed since ${closedAt}`;
}

function nothingIsIn(event: PlainEvent, world: World): string | undefined {
  const station = world.stations.get(subjectId(event));
  for (const code of texts(event.data, 'closed')) {
    const inIt = station?.bays.get(code)?.occupations.find((one) => one.to === undefined || one.to > event.time);
    if (inIt) return `bay ${code} is closed while handoff ${inIt.handoffId} of truck ${inIt.plate} is in it`;
  }
  return undefined;
}

/** A pause may be recorded after a swap that began in it: one that began at the same instant was first. */
function nothingBegan(event: PlainEvent, world: World): string | undefined {
  const station = world.stations.get(subjectId(event));
  for (const bay of station?.bays.values() ?? []) {
    const began = bay.occupations.find((one) => one.from > event.time);
    if (!began) continue;
    return `handoff ${began.handoffId} of truck ${began.plate} has started at ${began.from}, but station ${station?.code} is ${shortName(event.type).slice('station.'.length)} since ${event.time}`;
  }
  return undefined;
}

function clash(event: PlainEvent, world: World, to: string): string | undefined {
  const handoff = world.handoffs.get(text(event.data, 'handoffId'));
  const bayCode = handoff?.start?.bayCode;
  const occupations = bayOf(world, world.visits.get(handoff?.visitId ?? ''), bayCode)?.occupations ?? [];
  const own = occupations.find((one) => one.handoffId === handoff?.id);
  if (!own || own.to) return undefined;
  const ended = { ...own, to };
  const other = occupations.find((one) => one !== own && one.to !== undefined && overlap(ended, one));
  return other && describe(bayCode ?? '', ended, other);
}

/** Half-open: one swap may start at the instant at which the other ends. */
function overlap(a: Occupation, b: Occupation): boolean {
  return (b.to === undefined || a.from < b.to) && (a.to === undefined || b.from < a.to);
}

function describe(bayCode: string, a: Occupation, b: Occupation): string {
  const span = (one: Occupation): string =>
    `handoff ${one.handoffId} of truck ${one.plate} (${one.from} to ${one.to ?? 'now'})`;
  return `bay ${bayCode} holds ${span(a)} and ${span(b)} at the same time`;
}

function unfinishedClashes(world: World): Violation[] {
  const found: Violation[] = [];
  for (const station of world.stations.values()) {
    for (const [bayCode, bay] of station.bays) {
      const open = bay.occupations.filter((one) => !one.to);
      for (const [index, own] of open.entries()) {
        const other = bay.occupations.find((one) => (one.to || open.indexOf(one) < index) && overlap(own, one));
        if (!other) continue;
        found.push({
          position: own.position,
          id: own.eventId,
          subject: own.subject,
          message: describe(bayCode, own, other),
        });
      }
    }
  }
  return found;
}
