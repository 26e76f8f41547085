import type { YizhanEvent } from './envelope.js';

/** A document of any version of its type. */
export type AnyVersion = Omit<YizhanEvent, 'type' | 'dataschema' | 'data'> & {
  readonly type: string;
  readonly dataschema: string;
  readonly data: object;
};

/** Takes one version of an event type to the next. What is not in its data stays: place and time are facts of the log. */
export interface Upcaster {
  /** Such as `handoff.completed`. */
  readonly name: string;
  /** The version that it takes; it gives the one after it. */
  readonly from: number;
  /** The data of the next version. @throws where this document has none; it is then set aside with the reason. */
  readonly data: (document: AnyVersion) => object;
}

/** The newest version of a document, or why there is none. */
export type Upcast = (document: AnyVersion) => { readonly event: YizhanEvent } | { readonly reason: string };

const typeOf = (name: string, version: number): string => `yizhan.${name}.v${version}`;

/**
 * Applies upcasters one after the other, so that handlers know the newest version alone. A type that none takes stays as
 * it is, also one that is newer than this program: nobody handles it.
 * @throws Error where two take the same version, or where a chain does not begin at version 1 or has a gap.
 */
export function upcastWith(upcasters: readonly Upcaster[]): Upcast {
  const steps = new Map<string, Upcaster>();
  for (const each of upcasters) {
    const type = typeOf(each.name, each.from);
    if (steps.has(type)) throw new Error(`two upcasters take ${type}`);
    if (each.from > 1 && !steps.has(typeOf(each.name, each.from - 1))) {
      throw new Error(`nothing leads to ${type}: an upcaster of the version before it comes first`);
    }
    steps.set(type, each);
  }
  return (document) => {
    let newest = document;
    for (let step = steps.get(newest.type); step; step = steps.get(newest.type)) {
      try {
        newest = nextOf(newest, step);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { reason: `${newest.type} has no version ${step.from + 1}: ${reason}` };
      }
    }
    return { event: newest as YizhanEvent };
  };
}

function nextOf(document: AnyVersion, { name, from, data }: Upcaster): AnyVersion {
  const type = typeOf(name, from + 1);
  return { ...document, type, dataschema: `https://yizhan.dev/schemas/${type}.json`, data: data(document) };
}

/** Every step between versions, the oldest of a type first. There is only version 1 of every type so far. */
export const upcasters: readonly Upcaster[] = [];

/** What every document of the log goes through before a handler sees it. */
export const upcast: Upcast = upcastWith(upcasters);

/** For those who pass documents on: leaves each in the version in which it was written. */
export const asWritten: Upcast = upcastWith([]);
