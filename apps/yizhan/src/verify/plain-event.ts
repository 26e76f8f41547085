/** Fields of an event or of a part of it, as read from JSON. */
export type Data = Readonly<Record<string, unknown>>;

/** Who answers for a truck. */
export interface Party {
  readonly kind: string;
  readonly id: string;
}

/** One line of an export whose form has been checked. The object is the parsed line itself. */
export interface PlainEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly partitionkey: string;
  readonly sequence: string;
  readonly position: string;
  readonly previous: string;
  readonly prevhash: string;
  readonly carrierid?: string;
  readonly data: Data;
}

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field; empty where there is none. */
export function text(data: Data, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

/** A text field, or undefined where it is absent, empty or no text. */
export function maybeText(data: Data, key: string): string | undefined {
  return text(data, key) || undefined;
}

/** A number field; zero where there is none. */
export function amount(data: Data, key: string): number {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
}

/** An object field; empty where there is none. */
export function part(data: Data, key: string): Data {
  const value = data[key];
  return isObject(value) ? value : {};
}

/** The objects of a list field. */
export function parts(data: Data, key: string): Data[] {
  const value = data[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list field. */
export function texts(data: Data, key: string): string[] {
  const value = data[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A party field, or undefined where there is none. */
export function party(data: Data, key: string): Party | undefined {
  const { kind, id } = part(data, key);
  return typeof kind === 'string' && typeof id === 'string' ? { kind, id } : undefined;
}

/** A policy reference as one text, `id@version`, or undefined where there is none. */
export function policyRef(data: Data): string | undefined {
  const policy = part(data, 'policy');
  return policy['id'] === undefined ? undefined : `${text(policy, 'id')}@${text(policy, 'version')}`;
}

/** What follows the first slash of a subject. */
export function subjectId(event: PlainEvent): string {
  return event.subject.slice(event.subject.indexOf('/') + 1);
}

/** True where both name the same party. */
export function isSameParty(a: Party | undefined, b: Party | undefined): boolean {
  return a !== undefined && b !== undefined && a.kind === b.kind && a.id === b.id;
}

/** A party in a sentence. */
export function nameOf(who: Party | undefined): string {
  return who ? `${who.kind} ${who.id}` : 'nobody';
}

const names = new Map<string, string>();

/** `visit.arrived` for `yizhan.visit.arrived.v1`; the full type for every other version. */
export function shortName(type: string): string {
  let name = names.get(type);
  if (name === undefined) {
    name = /^yizhan\.(.+)\.v1$/.exec(type)?.[1] ?? type;
    names.set(type, name);
  }
  return name;
}
