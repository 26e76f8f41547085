import { knownTypes, type KnownField } from './known-types.js';
import { isObject, party, part, shortName, text, type Data, type PlainEvent } from './plain-event.js';

/** A line that is an event, or a sentence that says why it is none. `event` is also given where only its data is at fault. */
export interface ReadLine {
  event?: PlainEvent;
  fault?: string;
}

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const COUNT = /^[1-9]\d*$/;
const PARTIES = ['driver', 'station', 'enterprise'];
const ANY_TEXT = /./;

const envelope: readonly (readonly [attribute: string, form: RegExp, wanted: string])[] = [
  ['specversion', /^1\.0$/, 'the text "1.0"'],
  ['id', /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a UUIDv7'],
  ['source', /^\/yizhan\/[a-z-]+$/, 'a path such as /yizhan/station'],
  ['type', /^yizhan\.[a-z_]+\.[a-z_]+\.v[1-9]\d*$/, 'of the form yizhan.noun.participle.vN'],
  ['subject', /^[a-z]+\/.+$/, 'of the form aggregate/id'],
  ['time', INSTANT, 'an instant in UTC with milliseconds'],
  ['recordedtime', INSTANT, 'an instant in UTC with milliseconds'],
  ['partitionkey', ANY_TEXT, 'an area code'],
  ['sequence', COUNT, 'a decimal text from "1"'],
  ['position', COUNT, 'a decimal text from "1"'],
  ['previous', /^(0|[1-9]\d*)$/, 'a decimal text from "0"'],
  ['prevhash', /^[0-9a-f]{64}$/, 'a SHA-256 in hex'],
  ['correlationid', ANY_TEXT, 'a text'],
  ['causationid', ANY_TEXT, 'a text'],
  ['datacontenttype', /^application\/json$/, 'application/json'],
];
const optionalAttributes = ['carrierid', 'traceparent', 'dataschema'];

/** Reads one line of an export and checks its form: JSON, envelope, and the required data of a known type. */
export function readEvent(line: string): ReadLine {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return { fault: 'the line is not JSON' };
  }
  if (!isObject(document)) return { fault: 'the line is not a JSON object' };
  const fault = envelopeFault(document);
  if (fault) return { fault };
  // The envelope has just been checked attribute by attribute.
  const event = document as unknown as PlainEvent;
  return { event, fault: dataFault(event) };
}

function envelopeFault(document: Data): string | undefined {
  for (const [attribute, form, wanted] of envelope) {
    const value = document[attribute];
    if (value === undefined) return `the attribute ${attribute} is missing`;
    if (typeof value !== 'string' || !form.test(value)) return `the attribute ${attribute} is not ${wanted}`;
  }
  for (const attribute of optionalAttributes) {
    const value = document[attribute];
    if (value !== undefined && typeof value !== 'string') return `the attribute ${attribute} is not a text`;
  }
  return isObject(document['data']) ? undefined : 'the attribute data is not an object';
}

function dataFault(event: PlainEvent): string | undefined {
  const name = shortName(event.type);
  const known = knownTypes.get(name);
  if (!known) return undefined;
  const prefix = event.subject.slice(0, event.subject.indexOf('/'));
  if (known.prefixes.length > 0 && !known.prefixes.includes(prefix)) {
    return `${name} has the subject ${event.subject}, which should begin with ${known.prefixes.join(' or ')}/`;
  }
  for (const field of known.fields) {
    const fault = fieldFault(event.data, field);
    if (fault) return `${name} ${fault}`;
  }
  return agreementFault(event, prefix, name);
}

function fieldFault(data: Data, { key, kind }: KnownField): string | undefined {
  if (data[key] === undefined) return `lacks the field ${key}`;
  return kind === undefined || isOfKind(data, key, kind) ? undefined : `has a field ${key} that is not a ${kind}`;
}

function isOfKind(data: Data, key: string, kind: string): boolean {
  switch (kind) {
    case 'text':
      return text(data, key) !== '';
    case 'time':
      return INSTANT.test(text(data, key));
    case 'party':
      return PARTIES.includes(party(data, key)?.kind ?? '');
    case 'truck':
      return text(part(data, key), 'plate') !== '' && text(part(data, key), 'licenceRequired') !== '';
    case 'list':
      return Array.isArray(data[key]);
    case 'object':
      return isObject(data[key]);
    case 'flag':
      return typeof data[key] === 'boolean';
    default:
      return kind.split('|').includes(text(data, key));
  }
}

const ownId: Readonly<Record<string, string>> = {
  visit: 'visitId',
  run: 'runId',
  driver: 'driverId',
  station: 'stationCode',
  zone: 'zoneId',
  assignment: 'handoffId',
  truck: 'plate',
  policy: 'id',
};

/** What is said twice, in the envelope and in the data, must be the same. */
function agreementFault(event: PlainEvent, prefix: string, name: string): string | undefined {
  const key = ownId[prefix];
  const id = event.subject.slice(prefix.length + 1);
  if (key && event.data[key] !== undefined && event.data[key] !== id) {
    return `${name} of ${event.subject} names ${key} ${text(event.data, key)}`;
  }
  if (prefix === 'visit' && event.data['areaCode'] !== undefined && event.data['areaCode'] !== event.partitionkey) {
    return `${name} of ${event.subject} has the partition key ${event.partitionkey} and the area code ${text(event.data, 'areaCode')}`;
  }
  if (name === 'record.retracted' && event.data['reason'] === 'incorrect_data' && !text(event.data, 'replacedBy')) {
    return 'record.retracted for incorrect data lacks the field replacedBy';
  }
  return undefined;
}
