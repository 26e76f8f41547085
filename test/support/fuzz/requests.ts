import fc from 'fast-check';
import { breaking, hugeNumber } from './broken-values.js';
import type { KnownRequest } from './known-values.js';
import type { Operation, Parameter, Schema } from './operations.js';
import type { ValidValues } from './valid-values.js';

/** As it is sent. */
export interface FuzzRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, percent-encoded. */
  readonly url: string;
  /** Who asks, by the name that his token is kept under. */
  readonly as: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: FuzzBody;
}

/** A file is bytes. */
type FuzzBody = string | Buffer | undefined;

/** Where it is sent, and what is in it. */
interface Target {
  readonly path: string;
  readonly body: FuzzBody;
}

interface Parts {
  readonly target: Target;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly as: string;
  readonly key: readonly string[];
  readonly type: readonly string[];
}

type Resolve = (schema: Schema) => Schema;

const mediaTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'nonsense',
  'application/json; charset=gbk',
  'application/json;charset=utf-8',
  'text/csv',
  'image/png',
  '',
];
const unreadable = [
  '',
  ' ',
  '{',
  '{"a":1,}',
  "{'a':1}",
  '[1,2',
  'nul',
  'NaN',
  '{}{}',
  '\ufeff{}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  'null',
  'true',
  '0',
  '"text"',
  '[]',
  '[{}]',
  '{}',
  '{"":""}',
  '['.repeat(2_000) + ']'.repeat(2_000),
  '{"a":'.repeat(500) + '1' + '}'.repeat(500),
  '{"a":"\\ud800"}',
  '{"a":1e400}',
  `{"a":"${'x'.repeat(300_000)}"}`,
];
const badKeys = ['', ' ', 'with blank', 'x'.repeat(201), 'é', 'x'.repeat(200), '\t'];
const badTexts = [
  '',
  ' ',
  '.',
  '..',
  '%',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x'.repeat(65),
  'x'.repeat(201),
  'x'.repeat(9_000),
  'a/b',
  'a b',
  '-1',
  '0',
  '0x10',
  '1e3',
  '9007199254740993',
  '1.5',
  'null',
  '[]',
  '{}',
  "' OR 1=1 --",
  '驿',
  '\n',
  '💥',
  '+1',
  '１',
  '2026-02-30T00:00:00Z',
  '2026-03-02',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  // What pages of other lists end with.
  ...[['x'], ['\u0000'], [null], [1, 2], ['x', 'y', 'z'], {}].map((keys) =>
    Buffer.from(JSON.stringify(keys)).toString('base64url'),
  ),
];
const escapes = ['%', '%zz', '%00', '%ff', '%ED%A0%80', '%2e%2e%2f', '%c0%af', '%252e'];

/**
 * Requests of one operation: most of them as the document allows, some of these much like one of the bodies that were
 * accepted before; the others wrong in one respect.
 */
export function requestsOf(
  operation: Operation,
  values: ValidValues,
  resolve: Resolve,
  { callers, known }: { readonly callers: readonly string[]; readonly known: readonly KnownRequest[] },
): fc.Arbitrary<FuzzRequest> {
  const parameters = operation.parameters ?? [];
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const path = fc
    .tuple(...inPath.map((each) => textOf(each, values)))
    .map((texts) => pathWith(operation.path, inPath, texts.map(encoded)));
  const query = queryOf(inQuery, values);
  const administrator = fc.constantFrom('administrator');
  const as = fc.oneof({ weight: 7, arbitrary: administrator }, { weight: 3, arbitrary: fc.constantFrom(...callers) });
  const key = fc.uuid().map((id): string[] => (operation.method === 'GET' ? [] : [id]));
  const types = Object.keys(operation.requestBody?.content ?? {}).map((each) => [each]);
  const type: fc.Arbitrary<string[]> = types.length > 0 ? fc.constantFrom(...types) : fc.constant([]);
  const { target, broken } = targetsOf(operation, path, { values, resolve, known });
  const hasBody = operation.requestBody !== undefined;
  const valid = { target, query, as, key, type };
  const record = (wrong: Partial<{ [P in keyof Parts]: fc.Arbitrary<Parts[P]> }>): fc.Arbitrary<Parts> =>
    fc.record({ ...valid, ...wrong });
  const byAdministrator = { as: administrator };
  const at = (changed: Partial<{ [P in keyof Target]: fc.Arbitrary<Target[P]> }>): fc.Arbitrary<Target> =>
    fc.tuple(target, fc.record(changed)).map(([whole, part]) => ({ ...whole, ...part }));
  const wrongPath = wrongPaths(operation.path, inPath, values);
  const ofBody = [
    { weight: 8, arbitrary: record({ ...byAdministrator, target: broken }) },
    { weight: 1, arbitrary: record({ ...byAdministrator, target: at({ body: fc.constantFrom(...unreadable) }) }) },
    { weight: 1, arbitrary: record({ type: fc.constantFrom(...mediaTypes).map((each) => [each]) }) },
  ];
  const parts = fc.oneof(
    { weight: hasBody ? 8 : 12, arbitrary: record({}) },
    ...(hasBody ? ofBody : []),
    ...(wrongPath ? [{ weight: 2, arbitrary: record({ ...byAdministrator, target: at({ path: wrongPath }) }) }] : []),
    {
      weight: inQuery.length > 0 ? 6 : 1,
      arbitrary: record({ ...byAdministrator, query: wrongQueries(query, inQuery) }),
    },
    { weight: 1, arbitrary: record({ key: fc.constantFrom([], ['twice'], ...badKeys.map((each) => [each])) }) },
  );
  return parts.map((made) => toRequest(operation.method, made));
}

function toRequest(method: 'GET' | 'POST', { target: { path, body }, query, as, key, type }: Parts): FuzzRequest {
  const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const [mediaType] = type;
  return {
    method,
    url: search === '' ? path : `${path}?${search}`,
    as,
    headers: {
      ...Object.fromEntries(key.map((each) => ['idempotency-key', latin1(each)])),
      ...(body === undefined || mediaType === undefined ? {} : { 'content-type': mediaType }),
    },
    body,
  };
}

/** Header values are bytes. */
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Percent-encoded, also what is no Unicode. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

function pathWith(path: string, parameters: readonly Parameter[], encodedTexts: readonly string[]): string {
  return parameters.reduce((built, { name }, index) => built.replace(`{${name}}`, () => encodedTexts[index]), path);
}

const textOf = ({ schema, name }: Parameter, values: ValidValues): fc.Arbitrary<string> =>
  values.of(schema, name).map(String);

function queryOf(parameters: readonly Parameter[], values: ValidValues): fc.Arbitrary<Parts['query']> {
  const each = parameters.map((parameter) => {
    // Nobody waits half a minute for an answer here.
    const value = parameter.name === 'wait' ? fc.constant(0) : values.of(parameter.schema, parameter.name);
    const given = value.map((one) => [one].flat().map((item) => [parameter.name, String(item)] as const));
    return parameter.required === true ? given : fc.option(given, { nil: [], freq: 2 });
  });
  return fc.tuple(...each).map((lists) => lists.flat());
}

function wrongQueries(
  valid: fc.Arbitrary<Parts['query']>,
  parameters: readonly Parameter[],
): fc.Arbitrary<Parts['query']> {
  const names = [
    ...parameters.map(({ name }) => name).filter((name) => name !== 'wait'),
    'extra',
    '__proto__',
    'limit[]',
    'a[b]',
  ];
  return fc
    .tuple(valid, fc.constantFrom(...names), fc.constantFrom(...badTexts), fc.nat(4))
    .map(([query, name, text, how]) => {
      const others = query.filter(([each]) => each !== name);
      return how === 0 ? [...query, [name, text] as const, [name, text] as const] : [...others, [name, text] as const];
    });
}

function wrongPaths(
  path: string,
  parameters: readonly Parameter[],
  values: ValidValues,
): fc.Arbitrary<string> | undefined {
  if (parameters.length === 0) return undefined;
  const wrong = fc.oneof(fc.constantFrom(...badTexts).map(encoded), fc.constantFrom(...escapes));
  return fc
    .tuple(fc.nat(parameters.length - 1), wrong, ...parameters.map((each) => textOf(each, values)))
    .map(([which, text, ...texts]) =>
      pathWith(
        path,
        parameters,
        texts.map((each, index) => (index === which ? text : encoded(each))),
      ),
    );
}

interface Making {
  readonly values: ValidValues;
  readonly resolve: Resolve;
  readonly known: readonly KnownRequest[];
}

/** Where requests go with what in them, anew or much like known ones; and the same with a body that is wrong in one place. */
function targetsOf(
  { requestBody }: Operation,
  path: fc.Arbitrary<string>,
  { values, resolve, known }: Making,
): Readonly<Record<'target' | 'broken', fc.Arbitrary<Target>>> {
  const [content] = Object.values(requestBody?.content ?? {});
  if (!content) {
    const paths = fc.oneof({ weight: 2, arbitrary: path }, ...known.map((each) => fc.constant(each.path)));
    const target = paths.map((one) => ({ path: one, body: undefined }));
    return { target, broken: target };
  }
  if (resolve(content.schema).format === 'binary') {
    const bytes = fc.oneof(fc.constantFrom(...files), fc.string({ unit: 'binary-ascii', maxLength: 200 }));
    const target = fc.record({ path, body: bytes.map((text) => Buffer.from(text, 'latin1')) });
    return { target, broken: target };
  }
  const anew = fc.record({ path, body: values.of(content.schema, '') });
  const alike = known.flatMap((each) => [
    fc.constant<KnownRequest>(each),
    values.like(each.body, content.schema, '').map((body): KnownRequest => ({ path: each.path, body })),
  ]);
  const whole = fc.oneof({ weight: Math.max(4, alike.length), arbitrary: anew }, ...alike);
  return {
    target: whole.map((each) => ({ ...each, body: jsonOf(each.body) })),
    broken: fc
      .tuple(whole, breaking(content.schema, resolve))
      .map(([each, broken]) => ({ ...each, body: jsonOf(broken(each.body)) })),
  };
}

/** No body where there is no value: some operations go without one. */
const jsonOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value).replaceAll(`"${hugeNumber}"`, '1e400');

const files = [
  '',
  '\0',
  'a,b\r\n1,2\r\n',
  '"',
  'driverId,areaCode,licences\r\nx,jinhua,A2\r\n',
  `driverId\r\n${'"'.repeat(999)}`,
  'PK',
  'PNG\r\n\n',
  'ÿØÿà',
  'RIFF\0\0\0\0WEBP',
  ',\n'.repeat(3e4),
];
