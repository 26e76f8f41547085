import { Validator } from '@seriousme/openapi-schema-validator';
import { openApi } from '../../docs/generate/open-api.js';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

let operations: readonly (Operation & { readonly route: string })[];

beforeAll(async () => {
  operations = Object.entries((await openApi()).paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      ...operation,
      route: `${method} ${path}`,
    })),
  );
});

test('the description of all routes is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(await openApi())));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('every operation has a name of its own, Resource.verb, and says what it is for', () => {
  expect(operations.length).toBeGreaterThan(150);
  const named = operations.filter(({ operationId }) => /^[A-Z][A-Za-z]+\.[a-z][A-Za-z]+$/.test(operationId));
  expect(named.map(({ route }) => route)).toEqual(operations.map(({ route }) => route));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  expect(operations.filter(({ summary = '' }) => !summary)).toEqual([]);
});

test('every operation may be refused with a problem, and succeeds in one way', () => {
  for (const { route, responses } of operations) {
    const successes = Object.keys(responses).filter((status) => status.startsWith('2'));
    expect([route, successes.length, responses['429']]).toEqual([route, 1, { $ref: '#/components/responses/Problem' }]);
  }
});
