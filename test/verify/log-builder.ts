import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

export type Fields = Record<string, unknown>;

/** An event before it has its place in the log. */
export interface Draft {
  id: string;
  name: string;
  subject: string;
  time: string;
  recorded: string;
  area: string;
  data: Fields;
  /** Attributes to be set on the finished event, before it is hashed. */
  envelope: Fields;
}

const DAY = '2026-03-02';
const TICK_MILLISECONDS = 10_000;

/** A UUIDv7 that is the same in every run. */
export function uuid(n: number): string {
  return `01958000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** `10:05` on the day of the tests, as an instant. */
export function at(clock: string): string {
  return `${DAY}T${clock}:00.000Z`;
}

/** Collects drafts under a clock that moves on by ten seconds an event, and seals them into a well-formed log. */
export class LogBuilder {
  readonly drafts: Draft[] = [];
  protected area = 'A';
  private clock = Date.parse(at('08:00'));
  private happenedAt?: string;

  /** Sets the clock to a time of the day. */
  at(clock: string): this {
    this.clock = Date.parse(at(clock));
    return this;
  }

  /** Moves the clock on. */
  wait(seconds: number): this {
    this.clock += seconds * 1000;
    return this;
  }

  /** Tells the clock; what happens offline has its own. */
  now(): string {
    return this.happenedAt ?? new Date(this.clock).toISOString();
  }

  /** What happened at that time and is recorded only now. */
  offline(clock: string, tell: (history: this) => unknown): this {
    this.happenedAt = at(clock);
    tell(this);
    this.happenedAt = undefined;
    return this;
  }

  /** What is written in another area's partition. */
  inArea(area: string, tell: (history: this) => unknown): this {
    const before = this.area;
    this.area = area;
    tell(this);
    this.area = before;
    return this;
  }

  /** Writes an event of a type of the contract, by its short name. */
  event(name: string, subject: string, data: Fields): this {
    const recorded = new Date(this.clock).toISOString();
    this.drafts.push({
      id: uuid(this.drafts.length + 1),
      name,
      subject,
      time: this.now(),
      recorded,
      area: this.area,
      data,
      envelope: {},
    });
    this.clock += TICK_MILLISECONDS;
    return this;
  }

  /** Changes the latest event before it is sealed; with a name, the latest of that type. */
  change(edit: (draft: Draft) => void, name?: string): this {
    edit(this.latest(name));
    return this;
  }

  /** Leaves out the latest event of that type, as if it had never been written. */
  without(name: string): this {
    this.drafts.splice(this.drafts.indexOf(this.latest(name)), 1);
    return this;
  }

  latest(name?: string, subject?: string): Draft {
    const found = this.drafts.findLast(
      (draft) => (name ?? draft.name) === draft.name && (subject ?? draft.subject) === draft.subject,
    );
    if (!found) throw new Error(`no ${name ?? 'event'} yet`);
    return found;
  }

  /** The log: sequences, positions and hashes in order. */
  seal(): Fields[] {
    const sequences = new Map<string, number>();
    const chains = new Map<string, { position: string; hash: string }>();
    return this.drafts.map((draft, index) => {
      const sequence = (sequences.get(draft.subject) ?? 0) + 1;
      sequences.set(draft.subject, sequence);
      const event = { ...sealed(draft, index + 1, sequence, chains.get(draft.area)), ...draft.envelope };
      chains.set(draft.area, { position: String(index + 1), hash: hash(event) });
      return event;
    });
  }
}

function sourceOf(subject: string): string {
  if (subject.startsWith('assignment/')) return '/yizhan/scheduler';
  return subject.startsWith('case/') ? '/yizhan/command-centre' : '/yizhan/station';
}

function sealed(
  draft: Draft,
  position: number,
  sequence: number,
  chain = { position: '0', hash: '0'.repeat(64) },
): Fields {
  return {
    specversion: '1.0',
    id: draft.id,
    source: sourceOf(draft.subject),
    type: `yizhan.${draft.name}.v1`,
    subject: draft.subject,
    time: draft.time,
    recordedtime: draft.recorded,
    partitionkey: draft.area,
    sequence: String(sequence),
    position: String(position),
    previous: chain.position,
    prevhash: chain.hash,
    correlationid: draft.subject.slice(draft.subject.indexOf('/') + 1),
    causationid: 'request-1',
    datacontenttype: 'application/json',
    data: draft.data,
  };
}

/** The hash that the next event of the key carries. */
export function hash(event: unknown): string {
  return createHash('sha256').update(canonicalize(event)).digest('hex');
}
