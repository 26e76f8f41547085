import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeFiles, readCompose, root } from './compose-file.js';

const schemaFile = join(root, '../shared/data/standards/compose-spec/compose-spec-1.0.0npm.json');

/** Whether the schema is here. It is no part of the repository; only CI insists on it. */
function hasSchema(): boolean {
  if (existsSync(schemaFile)) return true;
  if (process.env['CI'] === 'true') throw new Error(`CI needs the Compose schema in ${schemaFile}.`);
  console.info(`Not checked against the Compose specification: its schema is not in ${schemaFile}.`);
  return false;
}

/** The schema writes `id`, which ajv takes for a slip, and names its dialect by http. */
function readable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(readable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword, value]) => keyword !== '$schema' && !(keyword === 'id' && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, readable(value)]));
}

if (hasSchema()) {
  const schema = readable(JSON.parse(readFileSync(schemaFile, 'utf8'))) as object;
  const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

  it.each(composeFiles)('docker/%s.yml is valid by the Compose specification', (name) => {
    expect({ valid: validate(readCompose(name)), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it('refuses what the specification does not know', () => {
    const { services } = readCompose('one-machine');
    expect(validate({ services: { yizhan: { ...services['yizhan'], reed_only: true } } })).toBe(false);
  });
} else {
  it('has nothing to be checked against', () => expect(hasSchema()).toBe(false));
}
