import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import type { Generator } from './generator.js';
import { openApi } from './open-api.js';

const names = [
  'client.gen.ts',
  'client/client.gen.ts',
  'client/index.ts',
  'client/types.gen.ts',
  'client/utils.gen.ts',
  'core/auth.gen.ts',
  'core/bodySerializer.gen.ts',
  'core/params.gen.ts',
  'core/pathSerializer.gen.ts',
  'core/queryKeySerializer.gen.ts',
  'core/serverSentEvents.gen.ts',
  'core/types.gen.ts',
  'core/utils.gen.ts',
  'index.ts',
  'sdk.gen.ts',
  'types.gen.ts',
] as const;

/** libs/client/src/generated: a typed client of the OpenAPI document. */
export const clientFiles: readonly Generator[] = names.map((name) => ({
  writes: `libs/client/src/generated/${name}`,
  render: async () => {
    const text = (await files()).get(name);
    if (text === undefined) throw new Error(`the generator of the client does not write ${name} any more`);
    return text;
  },
}));

let written: Promise<ReadonlyMap<string, string>> | undefined;
const files = (): Promise<ReadonlyMap<string, string>> => (written ??= generated());

async function generated(): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-client-'));
  try {
    await createClient({
      // It is told what it may change.
      input: structuredClone(await openApi()) as object as Record<string, unknown>,
      output: { path: folder, importFileExtension: '.js' },
      logs: { level: 'silent', file: false },
      plugins: [
        '@hey-api/typescript',
        { name: '@hey-api/client-fetch', throwOnError: true },
        {
          name: '@hey-api/sdk',
          responseStyle: 'data',
          operations: { strategy: 'single', containerName: 'Yizhan', nesting: 'operationId', methods: 'instance' },
        },
      ],
    });
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const unlisted = found.filter((name) => !names.some((each) => each === name));
    if (unlisted.length > 0) throw new Error(`the generator of the client also writes ${unlisted.join(', ')}`);
    return new Map(found.map((name) => [name, forNode(readFileSync(join(folder, name), 'utf8'))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The types of Node 20 have no such name for what may be sent. */
const forNode = (text: string): string => text.replaceAll(/\bBodyInit\b/g, `NonNullable<RequestInit['body']>`);
