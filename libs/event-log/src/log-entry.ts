import { type AnyVersion, parseEventType, upcast, type YizhanEvent } from '@yizhan/contracts';

/** What lies where an event should, and why it is none. */
export interface Unreadable {
  readonly raw: string;
  readonly reason: string;
}

/** One place in the log: an event, or what could not be read as one. */
export type LogEntry =
  | { readonly position: number; readonly event: YizhanEvent }
  | { readonly position: number; readonly unreadable: Unreadable };

const textAttributes = [
  'id',
  'source',
  'type',
  'subject',
  'time',
  'recordedtime',
  'partitionkey',
  'sequence',
  'position',
  'previous',
  'prevhash',
  'correlationid',
  'causationid',
] as const;

/**
 * Strict: what lacks an attribute, is no JSON or of no type of ours never reaches a handler. Gives the newest version of
 * its type, whichever it was written in.
 */
export function decodeEvent(raw: string, toNewest = upcast): { event: YizhanEvent } | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return { reason: `no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { reason: 'no JSON object' };
  const document = value as Record<string, unknown>;
  if (document.specversion !== '1.0') return { reason: 'specversion is not 1.0' };
  for (const name of textAttributes) {
    if (typeof document[name] !== 'string') return { reason: `attribute ${name} is missing or no text` };
  }
  if (!parseEventType(document.type as string)) return { reason: `type ${String(document.type)} is none of ours` };
  if (typeof document.data !== 'object' || document.data === null) return { reason: 'data is no object' };
  return toNewest(value as AnyVersion);
}

/** Fewer than this many entries lie in memory of a process that sequences; older ones are read from the table. */
const kept = 20_000;

/** The newest entries, kept so that consumers in the sequencer's own process need not read them back. */
export class RecentEntries {
  #entries: LogEntry[] = [];

  push(entries: readonly LogEntry[]): void {
    const first = entries[0];
    if (!first) return;
    const newest = this.#entries.at(-1)?.position;
    if (newest !== undefined && first.position !== newest + 1) this.#entries = [];
    for (const entry of entries) this.#entries.push(entry);
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
  }

  /** Forgets everything where another sequencer has moved the log on to `head` meanwhile. */
  confirmHead(head: number): void {
    const newest = this.#entries.at(-1)?.position;
    if (newest !== undefined && newest !== head) this.#entries = [];
  }

  /** Entries after `position`, or `undefined` where they are not all known to be here. */
  after(position: number, limit: number): readonly LogEntry[] | undefined {
    const first = this.#entries[0];
    if (!first) return undefined;
    const start = position + 1 - first.position;
    if (start < 0 || start > this.#entries.length) return undefined;
    return this.#entries.slice(start, start + limit);
  }
}
