import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** The folder of libs/contracts, which holds schemas and examples. */
export const contractsFolder = fileURLToPath(new URL('../../libs/contracts', import.meta.url));

/** How a document is looked at: a reader passes over what he does not know, a writer may write nothing else. */
export type Strictness = 'reader' | 'writer';

const ajv = formats.default(new Ajv({ allErrors: true, strict: true, strictRequired: false }));
const validators = new Map<string, ValidateFunction>();

/** What is wrong with a document by the committed schema of its type, each fault with its place; empty where nothing is. */
export function faultsOf(document: { readonly type: string }, strictness: Strictness = 'reader'): string[] {
  const validate = validatorOf(document.type, strictness);
  return validate(document) ? [] : (validate.errors ?? []).map(sentence);
}

/** The committed schema of whole documents of a type. */
export function eventSchema(type: string): object {
  return JSON.parse(readFileSync(`${contractsFolder}/schemas/${type}.event.json`, 'utf8')) as object;
}

/** The same schema for a writer: no field that it does not name. */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema).map(([keyword, part]) => [keyword, closed(part)]);
  return { ...Object.fromEntries(parts), ...('properties' in schema ? { additionalProperties: false } : {}) } as T;
}

function validatorOf(type: string, strictness: Strictness): ValidateFunction {
  const key = `${strictness} ${type}`;
  let validate = validators.get(key);
  if (!validate) {
    const schema = eventSchema(type);
    validate = ajv.compile(strictness === 'writer' ? { ...closed(schema), $id: `closed/${type}` } : schema);
    validators.set(key, validate);
  }
  return validate;
}

function sentence({ instancePath, message = 'is wrong', params }: ErrorObject): string {
  const named = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
  return `${instancePath || 'the document'} ${message}${named}`;
}
