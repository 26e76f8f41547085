import { type EventSource, eventSources } from './envelope.js';
import type { EventName } from './event-data.js';

/** Who writes the events about each kind of thing: one writer for each prefix of a subject. */
export const writers = {
  visit: eventSources.station,
  run: eventSources.station,
  truck: eventSources.station,
  driver: eventSources.station,
  station: eventSources.station,
  zone: eventSources.station,
  enterprise: eventSources.station,
  pass: eventSources.station,
  consent: eventSources.station,
  lane: eventSources.station,
  policy: eventSources.station,
  plan: eventSources.station,
  assignment: eventSources.scheduler,
  subscription: eventSources.dispatch,
  alert: eventSources.commandCentre,
  case: eventSources.commandCentre,
} as const satisfies Readonly<Record<string, EventSource>>;

/** The part of a subject before its first slash. */
export type Aggregate = keyof typeof writers;

type Noun = EventName extends `${infer N}.${string}` ? N : never;

const byNoun: Readonly<Record<Exclude<Noun, 'assignment'>, Aggregate | undefined>> = {
  visit: 'visit',
  handoff: 'visit',
  cargo: 'visit',
  exception: undefined,
  record: undefined,
  custody: 'truck',
  truck: 'truck',
  run: 'run',
  driver: 'driver',
  station: 'station',
  zone: 'zone',
  policy: 'policy',
  plan: 'plan',
  pass: 'pass',
  consent: 'consent',
  lane: 'lane',
  enterprise: 'enterprise',
  case: 'case',
};

/** What an event is about; `undefined` where it is about anything: its writer is then the one of its subject. */
export function aggregateOf(name: EventName): Aggregate | undefined {
  if (name === 'assignment.refused') return 'visit';
  const noun = name.slice(0, name.indexOf('.')) as Noun;
  return noun === 'assignment' ? 'assignment' : byNoun[noun];
}
