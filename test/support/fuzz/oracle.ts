import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type Operation, type Parameter, pointerPart, resolver, type Schema } from './operations.js';
import type { FuzzRequest } from './requests.js';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Something that the product does and must not do. */
export interface Fault {
  /** The same for every request that shows it in this operation. */
  readonly kind: string;
  readonly detail: string;
}

const refusals = new Set([400, 413, 414, 415, 422]);
const turnedAway = new Set([401, 403]);
/** Fields with a rule that their schema does not tell, such as a check digit, and those that something else looks at. */
const beyondSchemas = /^(phone|carrierPhone|identityNumber|driverId|data\b.*|records\.\d+\.body\b.*)$/;
/** Whatever the operation, a request may be unreadable in ways that no schema tells of. */
const ofAnyOperation = new Set([400, 413, 414, 415, 431]);

/** Judges answers by the OpenAPI document alone. */
export class Oracle {
  readonly #ajv = formats.default(new Ajv2020({ strict: false, allErrors: false, validateFormats: true }));
  readonly #resolve: (schema: Schema) => Schema;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    this.#ajv.addSchema(document, 'openapi');
    this.#resolve = resolver(document);
  }

  judge(operation: Operation, request: FuzzRequest, { status, headers, body }: FuzzAnswer): Fault[] {
    if (status >= 500) return [fault(`${status}`, body)];
    const type = String(headers['content-type'] ?? '').split(';')[0];
    const faults: Fault[] = [];
    const documented = operation.responses[status];
    if (!documented && !ofAnyOperation.has(status) && !isNoSuchAddress(status, body)) {
      faults.push(fault(`${status} is not documented`, body));
    }
    const broken = this.brokenBy(operation, request);
    if (status >= 300) {
      faults.push(...this.#faultsOfProblem(status, type, body));
      const mustBeRefused = broken?.startsWith('body') === true && !turnedAway.has(status);
      if (mustBeRefused && !refusals.has(status)) faults.push(fault(`${status} to a broken body`, broken));
      const isAsDescribed = broken === undefined && status === 400 && !isOverfull(operation, request);
      const named = isAsDescribed ? fieldsRefused(body) : undefined;
      if (named !== undefined) faults.push(fault('refuses what the schema allows', named));
      return faults;
    }
    if (broken !== undefined) faults.push(fault('accepts what breaks the schema', broken));
    const offered = Object.keys(documented?.content ?? {}).map((name) => [name.split(';')[0], name] as const);
    const content = offered.find(([name]) => name === type);
    if (offered.length > 0 && !content) faults.push(fault(`answers ${type}`, offered.map(([name]) => name).join()));
    if (content && type.endsWith('json')) {
      const pointer = `${operation.pointer}/responses/${status}/content/${pointerPart(content[1])}`;
      const wrong = this.#wrongIn(JSON.parse(body), pointer);
      if (wrong !== undefined) faults.push(fault(`answer: ${wrong.replaceAll(/\d+/g, '#')}`, body.slice(0, 2_000)));
    }
    return faults;
  }

  /** In which way the request is not as the document has it; undefined where it is. */
  brokenBy(operation: Operation, request: FuzzRequest): string | undefined {
    const parameters = operation.parameters ?? [];
    const [path = '', search = ''] = request.url.split(/\?(.*)/s);
    return (
      this.#brokenPath(operation, path) ??
      this.#brokenQuery(operation, search) ??
      parameters.flatMap((each, index) => this.#brokenHeader(operation, request, each, index) ?? [])[0] ??
      this.#brokenBody(operation, request)
    );
  }

  #brokenPath(operation: Operation, path: string): string | undefined {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const pattern = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '([^/]*)')}$`);
    const texts = pattern.exec(path)?.slice(1);
    if (!texts) return 'path is another address';
    for (const [index, name] of names.entries()) {
      const at = (operation.parameters ?? []).findIndex((each) => each.in === 'path' && each.name === name);
      const value = this.#valueOf(decoded(texts[index]), operation.parameters![at].schema);
      const wrong = this.#wrongIn(value, `${operation.pointer}/parameters/${at}`);
      if (wrong !== undefined) return `path ${name} ${wrong}`;
    }
    return undefined;
  }

  #brokenQuery(operation: Operation, search: string): string | undefined {
    const query = new URLSearchParams(search);
    for (const [at, { name, in: place, required, schema }] of (operation.parameters ?? []).entries()) {
      if (place !== 'query') continue;
      const given = query.getAll(name);
      if (given.length === 0 && required !== true) continue;
      if (given.length === 0) return `query lacks ${name}`;
      const isList = this.#resolve(schema).type === 'array';
      if (!isList && given.length > 1) return `query has ${name} twice`;
      const texts = isList ? given.flatMap((each) => each.split(',')) : given;
      const values = texts.map((each) => this.#valueOf(each, isList ? (schema.items ?? {}) : schema));
      const wrong = this.#wrongIn(isList ? values : values[0], `${operation.pointer}/parameters/${at}`);
      if (wrong !== undefined) return `query ${name} ${wrong}`;
    }
    return undefined;
  }

  #brokenHeader(operation: Operation, request: FuzzRequest, parameter: Parameter, at: number): string | undefined {
    if (parameter.in !== 'header') return undefined;
    // A header has no blanks around it.
    const value = request.headers[parameter.name.toLowerCase()]?.trim();
    if (value === undefined) return parameter.required === true ? `header lacks ${parameter.name}` : undefined;
    const wrong = this.#wrongIn(value, `${operation.pointer}/parameters/${at}`);
    return wrong === undefined ? undefined : `header ${parameter.name} ${wrong}`;
  }

  #brokenBody({ requestBody, pointer }: Operation, { body, headers }: FuzzRequest): string | undefined {
    if (!requestBody) return undefined;
    if (body === undefined || body.length === 0) return requestBody.required === true ? 'body is missing' : undefined;
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    const content = requestBody.content[type];
    if (!content) return `body is ${type || 'of no type'}`;
    if (this.#resolve(content.schema).format === 'binary') return undefined;
    try {
      const value: unknown = JSON.parse(String(body).replace(/^\ufeff/, ''));
      const wrong = this.#wrongIn(value, `${pointer}/requestBody/content/${pointerPart(type)}`);
      return wrong === undefined ? undefined : `body ${wrong}`;
    } catch {
      return 'body is no JSON';
    }
  }

  #faultsOfProblem(status: number, type: string | undefined, body: string): Fault[] {
    if (type !== 'application/problem+json') return [fault(`${status} as ${type}`, body)];
    const problem = JSON.parse(body) as { status: number };
    const wrong = this.#wrongIn(problem, '#/components', 'schemas/Problem');
    if (wrong !== undefined) return [fault(`problem: ${wrong}`, body)];
    return problem.status === status ? [] : [fault(`problem says ${problem.status}`, body)];
  }

  /** What a text in the address stands for; a number only where it is written as JSON has it. */
  #valueOf(text: string, schema: Schema): unknown {
    const isNumber = [this.#resolve(schema).type].flat().some((type) => type === 'integer' || type === 'number');
    return isNumber && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
  }

  #wrongIn(value: unknown, pointer: string, member = 'schema'): string | undefined {
    const $ref = `openapi${pointer}/${member}`;
    const validate = this.#validators.get($ref) ?? this.#ajv.compile({ $ref });
    this.#validators.set($ref, validate);
    if (validate(value)) return undefined;
    const [{ instancePath, message = '', params }] = validate.errors!;
    const named = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
    return `${instancePath} ${message}${named}`;
  }
}

const fault = (kind: string, detail: string): Fault => ({ kind, detail });

/** What a broken part of the address leads to, where it is no part of it any more. */
const isNoSuchAddress = (status: number, body: string): boolean =>
  status === 404 && body.includes('"REQUEST.NO_SUCH_ROUTE"');

/** Whether it asks for more than the operation is described to take: it may be refused, or passed over. */
function isOverfull({ parameters = [] }: Operation, { url }: FuzzRequest): boolean {
  const names = new Set(parameters.map(({ name }) => name));
  const [, search = ''] = url.split(/\?(.*)/s);
  return [...new URLSearchParams(search).keys()].some((name) => !names.has(name));
}

/** The fields that a general check of the input refuses. */
function fieldsRefused(body: string): string | undefined {
  const {
    code,
    detail,
    errors = [],
  } = JSON.parse(body) as { code: string; detail: string; errors?: { field: string }[] };
  const isForSchema = errors.some(({ field }) => !beyondSchemas.test(field));
  return code === 'REQUEST.INVALID' && isForSchema ? detail : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
