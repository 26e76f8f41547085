import type { OpenAPIObject } from '@nestjs/swagger';

/** As much of JSON Schema as our description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** One operation of the OpenAPI document. */
export interface Operation extends Described {
  readonly method: 'GET' | 'POST';
  /** With its parameters in braces. */
  readonly path: string;
  /** JSON pointer of it in the document. */
  readonly pointer: string;
}

/** Every operation that the document describes. */
export function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Described>).map(([method, described]) => ({
      ...described,
      method: methodOf(method),
      path,
      pointer: `#/paths/${pointerPart(path)}/${method}`,
    })),
  );
}

function methodOf(method: string): 'GET' | 'POST' {
  if (method === 'get') return 'GET';
  if (method === 'post') return 'POST';
  throw new Error(`the generator knows no ${method}`);
}

/** A name as a part of a JSON pointer in a URI fragment. */
export const pointerPart = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** A schema without its references: to the document, and the one that `allOf` wraps to say more of it. */
export function resolver(document: OpenAPIObject): (schema: Schema) => Schema {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  return function resolve(schema: Schema): Schema {
    if (schema.$ref !== undefined) {
      const named = schemas[schema.$ref.replace('#/components/schemas/', '')];
      if (!named) throw new Error(`the document lacks ${schema.$ref}`);
      return resolve(named);
    }
    const [only, ...others] = schema.allOf ?? [];
    if (only && others.length === 0) return resolve(only);
    if (only) throw new Error('the generator knows no allOf of several schemas');
    return schema;
  };
}
