import { createHash } from 'node:crypto';
import type { Flow, HandedItem, Party } from '@yizhan/contracts';
import { decode, encode } from 'cborg';
import type { SlipFacts, SlipKind } from './slip-facts.js';

/** What is read back from a slip: of many items it has only the digest. */
export interface SignedFacts extends SlipFacts {
  /** SHA-256 of the items where they would have made the code too large to scan; `items` is empty then. */
  readonly itemsDigest?: string;
}

/** Keys of the CBOR map. A key is never used again for something else; readers pass over those that they do not know. */
const keys = {
  version: 0,
  kind: 1,
  handoffId: 2,
  stationCode: 3,
  plate: 4,
  flow: 5,
  from: 6,
  toDriverId: 7,
  at: 8,
  returnAt: 9,
  seal: 10,
  given: 11,
  withheld: 12,
  itemsDigest: 13,
} as const;

const version = 1;
const kinds: readonly SlipKind[] = ['plan', 'swap'];
const flows: readonly Flow[] = ['into_zone', 'out_of_zone'];
const parties: readonly Party['kind'][] = ['driver', 'station', 'enterprise'];
/** Items that have a number; others are written out. Only added to at the end. */
const items = ['keys', 'vehicle_licence', 'transport_permit', 'waybill', 'toll_card', 'recorder_card', 'fuel_card'];
/** Bytes of items that a code has room for. */
const mostItemBytes = 120;

/** The facts as CBOR: a map from small numbers. */
export function encodeFacts(facts: SlipFacts): Uint8Array {
  const { from, seal, returnAt } = facts;
  const map = new Map<number, unknown>([
    [keys.version, version],
    [keys.kind, kinds.indexOf(facts.kind)],
    [keys.handoffId, Buffer.from(facts.handoffId.replaceAll('-', ''), 'hex')],
    [keys.stationCode, facts.stationCode],
    [keys.plate, facts.plate],
    [keys.flow, flows.indexOf(facts.flow)],
    [keys.toDriverId, facts.toDriverId],
    [keys.at, facts.at],
  ]);
  if (from) map.set(keys.from, [parties.indexOf(from.kind), from.id]);
  if (returnAt !== undefined) map.set(keys.returnAt, returnAt);
  if (seal) map.set(keys.seal, [seal.number, seal.intact]);
  for (const [key, value] of itemEntries(facts.items)) map.set(key, value);
  return encode(map);
}

/** The facts, or `undefined` where the bytes are none that this version reads. */
export function decodeFacts(bytes: Uint8Array): SignedFacts | undefined {
  const map = decodeMap(bytes);
  if (!map || map.get(keys.version) !== version) return undefined;
  const text = (key: number): string | undefined => asText(map.get(key));
  const [kind, flow] = [kinds[asNumber(map.get(keys.kind)) ?? -1], flows[asNumber(map.get(keys.flow)) ?? -1]];
  const handoffId = uuidOf(map.get(keys.handoffId));
  const [stationCode, plate, toDriverId] = [text(keys.stationCode), text(keys.plate), text(keys.toDriverId)];
  const at = asNumber(map.get(keys.at));
  if (!kind || !flow || !handoffId || !stationCode || !plate || !toDriverId || at === undefined) return undefined;
  const [from, seal] = [partyOf(map.get(keys.from)), sealOf(map.get(keys.seal))];
  const returnAt = asNumber(map.get(keys.returnAt));
  const digest = map.get(keys.itemsDigest);
  return {
    kind,
    handoffId,
    stationCode,
    plate,
    flow,
    toDriverId,
    at,
    items: [...itemsOf(map.get(keys.given), true), ...itemsOf(map.get(keys.withheld), false)],
    ...(from && { from }),
    ...(seal && { seal }),
    ...(returnAt === undefined ? {} : { returnAt }),
    ...(digest instanceof Uint8Array && { itemsDigest: Buffer.from(digest).toString('hex') }),
  };
}

/** SHA-256 of the items, whichever way they were listed. */
export function digestOfItems(all: readonly HandedItem[]): string {
  const lines = all.map(({ code, given }) => `${code} ${given}`).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function itemEntries(all: readonly HandedItem[]): [number, unknown][] {
  const codesOf = (given: boolean) => all.filter((item) => item.given === given).map(({ code }) => numberOf(code));
  const [given, withheld] = [codesOf(true), codesOf(false)];
  if (encode([given, withheld]).length > mostItemBytes) {
    return [[keys.itemsDigest, Buffer.from(digestOfItems(all), 'hex')]];
  }
  return [
    ...(given.length > 0 ? [[keys.given, given] as [number, unknown]] : []),
    ...(withheld.length > 0 ? [[keys.withheld, withheld] as [number, unknown]] : []),
  ];
}

const numberOf = (code: string): number | string => (items.includes(code) ? items.indexOf(code) : code);

function itemsOf(listed: unknown, given: boolean): HandedItem[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((item: unknown) => {
    const code = typeof item === 'number' ? items[item] : asText(item);
    return code === undefined ? [] : [{ code, given }];
  });
}

function decodeMap(bytes: Uint8Array): Map<unknown, unknown> | undefined {
  try {
    const value: unknown = decode(bytes, { useMaps: true, strict: true, allowUndefined: false });
    return value instanceof Map ? value : undefined;
  } catch {
    // Whoever holds a paper with other bytes on it is told that it is no slip.
    return undefined;
  }
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

function uuidOf(value: unknown): string | undefined {
  if (!(value instanceof Uint8Array) || value.length !== 16) return undefined;
  const hex = Buffer.from(value).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function partyOf(value: unknown): Party | undefined {
  if (!Array.isArray(value)) return undefined;
  const [kind, id] = [parties[asNumber(value[0]) ?? -1], asText(value[1])];
  return kind && id !== undefined ? { kind, id } : undefined;
}

function sealOf(value: unknown): SlipFacts['seal'] {
  if (!Array.isArray(value)) return undefined;
  const [number, intact]: unknown[] = value;
  return typeof number === 'string' && typeof intact === 'boolean' ? { number, intact } : undefined;
}
