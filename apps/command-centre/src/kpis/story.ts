import { isEvent, type Party, type YizhanEvent } from '@yizhan/contracts';
import type { Fact } from './fact.js';
import type { StoryKind } from './kpi.js';

/** What is known of one visit, exception, run, driver or station: all that its figures and its state are made of. */
export interface Story {
  readonly areaCode: string;
  /** Such as `visit/<id>`: the subject of its events, but for exceptions, which have one of their own. */
  readonly subject: string;
  readonly kind: StoryKind;
  /** By when they happened, those of one instant in the order of the log. */
  facts: readonly Fact[];
}

/** Where a fact goes. */
export interface Destination {
  readonly kind: StoryKind;
  readonly subject: string;
  readonly fact: Fact;
}

const kinds: readonly StoryKind[] = ['visit', 'run', 'driver', 'station'];
const nounsOf: Readonly<Record<Exclude<StoryKind, 'exception'>, RegExp>> = {
  visit: /^(visit|handoff|cargo|exception)\./,
  run: /^run\./,
  driver: /^driver\./,
  station: /^station\./,
};

/** The stories that an event belongs to. `driverOf` says who is at work in a handoff of its visit. */
export function destinationsOf(
  event: YizhanEvent,
  fact: Fact,
  driverOf: (handoffId: string) => string | undefined,
): Destination[] {
  const to: Destination[] = [];
  const { subject } = event;
  for (const kind of kinds) {
    if (kind !== 'exception' && subject.startsWith(`${kind}/`) && nounsOf[kind].test(fact.name)) {
      to.push({ kind, subject, fact });
    }
  }
  if ('exceptionId' in event.data) {
    to.push({ kind: 'exception', subject: `exception/${event.data.exceptionId}`, fact });
  }
  for (const { driverId, values } of worksOf(event, driverOf)) {
    const { id, name, at } = fact;
    to.push({ kind: 'driver', subject: `driver/${driverId}`, fact: { id, name, at, values } });
  }
  return to;
}

/** What a driver has: a truck that he answers for, and a handoff that he is to make. He may have one of each. */
interface WorkOfDriver {
  readonly driverId: string;
  readonly values: { readonly truck: 'held' | 'none' } | { readonly task: 'assigned' | 'swapping' | 'none' };
}

function worksOf(event: YizhanEvent, driverOf: (handoffId: string) => string | undefined): WorkOfDriver[] {
  if (isEvent(event, 'handoff.assigned')) return [task(event.data.driverId, 'assigned')];
  if (isEvent(event, 'handoff.assignment_ended')) return [task(event.data.driverId, 'none')];
  if (isEvent(event, 'handoff.started')) return [task(event.data.driverId, 'swapping')];
  if (isEvent(event, 'handoff.aborted')) {
    const driverId = driverOf(event.data.handoffId);
    return driverId === undefined ? [] : [task(driverId, 'none')];
  }
  if (isEvent(event, 'handoff.completed')) {
    const { from, toDriverId } = event.data;
    return [...truckOf(from, 'none'), task(toDriverId, 'none'), { driverId: toDriverId, values: { truck: 'held' } }];
  }
  if (isEvent(event, 'custody.moved')) return [...truckOf(event.data.from, 'none'), ...truckOf(event.data.to, 'held')];
  return [];
}

const task = (driverId: string, is: 'assigned' | 'swapping' | 'none'): WorkOfDriver => ({
  driverId,
  values: { task: is },
});

const truckOf = ({ kind, id }: Party, truck: 'held' | 'none'): WorkOfDriver[] =>
  kind === 'driver' ? [{ driverId: id, values: { truck } }] : [];

const isOfStatus = (name: string): boolean => /^station\.(suspended|resumed|closed)$/.test(name);

/**
 * Facts of these stories live long: of each slot only the newest counts, and no other is kept. The end of a shift takes the place
 * of its beginning too; a beginning that is taken back leaves the end before it.
 */
const slots: Readonly<Partial<Record<StoryKind, (fact: Fact) => string>>> = {
  driver: ({ name, values }) => {
    if (values.truck !== undefined) return 'truck';
    if (values.task !== undefined) return 'task';
    return name;
  },
  station: ({ name }) => (isOfStatus(name) ? 'status' : name),
};

/** The facts with one more, in their order. */
export function withFact(kind: StoryKind, facts: readonly Fact[], fact: Fact): readonly Fact[] {
  const slotOf = slots[kind];
  let others = facts;
  if (slotOf) {
    const taken = [slotOf(fact), ...(fact.name === 'driver.shift_ended' ? ['driver.shift_started'] : [])];
    const rivals = facts.filter((each) => taken.includes(slotOf(each)));
    // What is told again of an older instant, as a correction, does not undo what came after it.
    if (rivals.some(({ at }) => at > fact.at)) return facts;
    others = facts.filter((each) => !rivals.includes(each));
  }
  const later = others.findLastIndex(({ at }) => at <= fact.at) + 1;
  return [...others.slice(0, later), fact, ...others.slice(later)];
}
