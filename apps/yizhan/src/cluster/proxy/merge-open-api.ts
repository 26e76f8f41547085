import { isDeepStrictEqual } from 'node:util';
import { type RoutedService, serviceOf } from '../routes.js';

/** The parts of an OpenAPI document that differ from service to service. */
export interface OpenApiDocument {
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly info?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly { readonly name: string }[];
  readonly [part: string]: unknown;
}

export interface MergedOpenApi {
  readonly document: OpenApiDocument;
  /** What two services describe differently, such as `schemas.Page`; the first one's description is in the document. */
  readonly clashes: readonly string[];
}

type Components = Record<string, Record<string, unknown>>;

/** Addresses that this proxy answers itself, described as a service describes its own. */
const ownPaths: ReadonlySet<string> = new Set(['/health/live', '/health/ready']);

/** One document of all services: from each the addresses that lead to it, and what these refer to. */
export function mergeOpenApi(documents: Readonly<Partial<Record<RoutedService, OpenApiDocument>>>): MergedOpenApi {
  const paths: Record<string, unknown> = {};
  const components: Components = {};
  const tags = new Map<string, { readonly name: string }>();
  const clashes = new Set<string>();
  const [first] = Object.values(documents);
  for (const [service, document] of Object.entries(documents)) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      if (serviceOf(path) === service || ownPaths.has(path)) paths[path] ??= item;
    }
    for (const tag of document.tags ?? []) tags.set(tag.name, tag);
    for (const clash of addComponents(components, document)) clashes.add(clash);
  }
  const info = { ...first?.info, title: 'Yizhan' };
  const merged = { ...first, info, paths: inOrder(paths), components, tags: [...tags.values()] };
  return { document: merged, clashes: [...clashes] };
}

function addComponents(components: Components, document: OpenApiDocument): string[] {
  const clashes: string[] = [];
  for (const [kind, named] of Object.entries(document.components ?? {})) {
    const known = (components[kind] ??= {});
    for (const [name, component] of Object.entries(named)) {
      if (!(name in known)) known[name] = component;
      else if (!isDeepStrictEqual(known[name], component)) clashes.push(`${kind}.${name}`);
    }
  }
  return clashes;
}

const inOrder = (paths: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(paths).toSorted(([one], [other]) => (one < other ? -1 : 1)));
