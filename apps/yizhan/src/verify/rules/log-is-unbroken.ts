import { hash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import type { PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { SeenIds } from '../seen-ids.js';

// The package is CommonJS whose types say ESM: what Node imports is the function itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const writers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['visit', 'run', 'truck', 'driver', 'station', 'zone', 'enterprise', 'pass', 'policy'].map((prefix) => [
      prefix,
      '/yizhan/station',
    ]),
  ),
  assignment: '/yizhan/scheduler',
  subscription: '/yizhan/dispatch',
  alert: '/yizhan/command-centre',
  case: '/yizhan/command-centre',
};

/** What the next event must say of its place. */
interface Expected {
  readonly position: number;
  readonly sequence: number;
  /** The last event of the same key. */
  readonly last: { readonly position: string; readonly hash: string };
}

const BEFORE_THE_FIRST = { position: '0', hash: '0'.repeat(64) };

/** Rule 1: ids, sequences, positions and the hash chain of each key; who may write; and that nothing is recorded before it happened. */
export function logIsUnbroken(ids: SeenIds): Rule {
  const sequences = new Map<string, number>();
  const chains = new Map<string, Expected['last']>();
  let position = 0;
  return {
    number: 1,
    onEvery: (event) => {
      const last = chains.get(event.partitionkey) ?? BEFORE_THE_FIRST;
      const expected = { position: position + 1, sequence: (sequences.get(event.subject) ?? 0) + 1, last };
      // Each event is the measure for the next, so that one fault is not reported again at every event after it.
      position = Number(event.position);
      sequences.set(event.subject, Number(event.sequence));
      chains.set(event.partitionkey, { position: event.position, hash: hashOf(event) });
      if (!ids.add(event.id)) return `the id ${event.id} is in the log already`;
      return misplaced(event, expected) ?? misstated(event);
    },
  };
}

function misplaced(event: PlainEvent, { position, sequence, last }: Expected): string | undefined {
  if (event.position !== String(position)) return `the position is ${event.position}, expected ${position}`;
  if (event.sequence !== String(sequence))
    return `the sequence of ${event.subject} is ${event.sequence}, expected ${sequence}`;
  if (event.previous !== last.position)
    return `previous is ${event.previous}, but the last event of ${event.partitionkey} is at ${last.position}`;
  if (event.prevhash === last.hash) return undefined;
  return `prevhash does not fit the event of ${event.partitionkey} at ${last.position}: that event or the log was changed`;
}

function misstated(event: PlainEvent): string | undefined {
  const writer = writers[event.subject.slice(0, event.subject.indexOf('/'))];
  if (writer !== undefined && writer !== event.source)
    return `${event.subject} is written by ${event.source}, which does not own it`;
  if (event.time > event.recordedtime)
    return `it happened at ${event.time}, after it was recorded at ${event.recordedtime}`;
  return undefined;
}

/** SHA-256 in hex of the canonical JSON (RFC 8785) of an event. */
export function hashOf(event: unknown): string {
  return hash('sha256', canonicalize(event) ?? '');
}
