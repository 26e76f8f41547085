import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { changesState, keyPattern } from './change-request.js';
import { docsPath } from './security-headers.js';

export interface OpenApiSettings {
  readonly title: string;
  readonly version: string;
}

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

interface PageSchema {
  readonly properties?: { readonly items?: { readonly items?: { readonly $ref?: string } } };
}

const documentPath = '/api/openapi.json';
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document of every route of the application, with what all of them have in common. */
export function buildOpenApi(app: INestApplication, { title, version }: OpenApiSettings): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const schemas: Schemas = { ...document.components?.schemas, Problem: problemSchema };
  document.components = { ...document.components, schemas, responses: { Problem: problemResponse } };
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (!operation) continue;
      complete(operation, method !== 'get');
      namePages(operation, schemas);
    }
  }
  closeRequests(document);
  return withNullTypes(document) as OpenAPIObject;
}

/** Serves `/api/openapi.json` and its page at `/api/docs`, built at the first look. */
export function serveOpenApi(app: INestApplication, settings: OpenApiSettings): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(docsPath.slice(1), app, () => (document ??= buildOpenApi(app, settings)), {
    jsonDocumentUrl: documentPath.slice(1),
    raw: ['json'],
    customSiteTitle: settings.title,
    // Not the document of this process alone: behind a reverse proxy this address has that of all services.
    swaggerUrl: documentPath,
    // The default would send the document to a validator outside.
    swaggerOptions: { spec: {}, validatorUrl: 'none', persistAuthorization: false },
  });
}

/** Operations carry marks from their decorators: what they mean is written out here, once. */
function complete(operation: Operation, writes: boolean): void {
  const marked = operation as Operation & Record<string, unknown>;
  const isPublic = marked['x-public'] === true;
  const changes = marked[changesState] === true;
  delete marked['x-public'];
  delete marked[changesState];
  if (isPublic) operation.security = [];
  if (changes) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
  const statuses = [
    '400',
    ...(isPublic ? [] : ['401', '403']),
    '404',
    '429',
    ...(writes ? ['409', '422', '503'] : []),
    ...(operation.requestBody ? ['413', '415'] : []),
  ];
  for (const status of statuses) operation.responses[status] ??= problemReference;
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status >= '400' && response && !('$ref' in response)) response.content ??= problemResponse.content;
  }
}

/** Pages get a name in the document, so that clients have one for them: a page of `VisitResponse` is a `VisitPage`. */
function namePages(operation: Operation, schemas: Schemas): void {
  for (const response of Object.values(operation.responses)) {
    const media = response && 'content' in response ? response.content?.['application/json'] : undefined;
    const item = (media?.schema as PageSchema | undefined)?.properties?.items?.items?.$ref;
    if (!media?.schema || item === undefined || '$ref' in media.schema) continue;
    const name = item.slice(item.lastIndexOf('/') + 1).replace(/(?:Response)?$/, 'Page');
    schemas[name] = media.schema;
    media.schema = { $ref: `#/components/schemas/${name}` };
  }
}

/** Strict input refuses fields that a request does not have, and takes no body at all where every field may be left out. */
function closeRequests({ paths, components }: OpenAPIObject): void {
  const schemas = (components?.schemas ?? {}) as Record<string, DtoSchema>;
  const bodies = Object.values(paths).flatMap((path) => methods.flatMap((method) => path[method]?.requestBody ?? []));
  for (const body of bodies) {
    const [name] = 'content' in body ? reachedFrom(body.content['application/json']?.schema, {}) : [];
    const schema = name === undefined ? undefined : schemas[name];
    if (schema && 'content' in body) body.required = (schema.required ?? []).length > 0;
  }
  for (const name of reachedFrom(bodies, schemas)) {
    const schema = schemas[name];
    if (schema?.properties) schema.additionalProperties ??= false;
  }
}

interface DtoSchema {
  readonly properties?: object;
  readonly required?: readonly string[];
  additionalProperties?: unknown;
}

/** Names of the schemas that are referred to, by these as well. */
function reachedFrom(
  from: unknown,
  schemas: Readonly<Record<string, unknown>>,
  reached = new Set<string>(),
): Set<string> {
  if (typeof from !== 'object' || from === null) return reached;
  for (const [key, part] of Object.entries(from)) {
    const name = key === '$ref' && typeof part === 'string' ? part.replace('#/components/schemas/', '') : undefined;
    if (name === undefined) reachedFrom(part, schemas, reached);
    else if (!reached.has(name)) reachedFrom(schemas[name], schemas, reached.add(name));
  }
  return reached;
}

/** `nullable` is of OpenAPI 3.0; in 3.1 null is a type beside the other. */
function withNullTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNullTypes);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withNullTypes(part)]),
  );
  return nullable === true && typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema;
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The same key with the same body gives the stored answer; with another body it is refused (422).',
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: keyPattern.source },
} as const;

const problemResponse = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const problemReference = { $ref: '#/components/responses/Problem' };

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. Further members say more, such as `allowedSteps`, `errors` or `retryAfterSeconds`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'stable, such as `HANDOFF.NOT_ACCEPTED`' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    allowedSteps: { type: 'array', items: { type: 'string' } },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, faults: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
  additionalProperties: true,
};
