import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Role, roles } from '@yizhan/identity';
import { type GuardedRoute } from '../../docs/generate/guarded-routes.js';
import { productRoutes } from '../../docs/generate/product-routes.js';
import { unguarded } from '../../docs/generate/roles-page.js';
import { type EveryService, startEveryService } from '../support/every-service.js';

interface Row extends Pick<GuardedRoute, 'method' | 'path'> {
  readonly allowed: readonly (Role | 'anybody')[];
}

/** The table as a reader of the document sees it. */
function rowsOfPage(): Row[] {
  const page = readFileSync(join(resolve(__dirname, '../..'), 'docs/roles.md'), 'utf8');
  return page.split('\n').flatMap((line) => {
    const [, method, path, ...cells] = line.split('|').map((cell) => cell.trim());
    if (!/^`[A-Z]+`$/.test(method ?? '') || !path) return [];
    const allowed = roles.flatMap((role, index): (Role | 'anybody')[] => {
      if (cells[index] === 'anybody') return ['anybody'];
      return cells[index] === 'yes' ? [role] : [];
    });
    return [{ method: method.slice(1, -1), path: path.slice(1, -1), allowed }];
  });
}

const rows = rowsOfPage();
let product: EveryService;

beforeAll(async () => {
  product = await startEveryService();
}, 120_000);
afterAll(async () => {
  await product.close();
});

/** Something for each parameter that no route takes for an address of another kind. */
const addressOf = (path: string): string =>
  path.replace(/:([A-Za-z]+)/g, (_all, name: string) => {
    if (name === 'position') return '1';
    return /^(visit|handoff|run|exception)Id$/.test(name) ? '01890000-0000-7000-8000-000000000000' : 'nothing';
  });

async function ask({ method, path }: Row, token: string | undefined): Promise<string> {
  const ending = new AbortController();
  const answer = await fetch(`${product.address}${addressOf(path)}`, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), 'idempotency-key': 'walk' },
    signal: ending.signal,
  });
  const isProblem = answer.headers.get('content-type') === 'application/problem+json';
  const { code } = isProblem ? ((await answer.json()) as { code: string }) : { code: undefined };
  // A stream stays open: its head has said enough.
  ending.abort();
  if (answer.status === 401 && code === 'IDENTITY.NO_TOKEN') return 'no token';
  return code === 'IDENTITY.ROLE_NOT_ALLOWED' ? 'not this role' : 'let in';
}

test('the page has every route that the application answers, and no other', async () => {
  const served = await routesServed();
  const isUnguarded = (path: string) =>
    unguarded.some(
      (each) => path === each.path || path.startsWith(`${each.path}/`) || path.startsWith(`${each.path}-`),
    );
  const asked = [...served].filter((route) => !isUnguarded(route.split(' ')[1])).toSorted();
  expect(asked).toEqual(rows.map(({ method, path }) => `${method} ${path}`).toSorted());
  expect(rows.length).toBe(productRoutes().length);
  expect(rows.length).toBeGreaterThan(60);
});

test('every route lets in the roles of the page, nobody without a token, and no other role', async () => {
  const tokens = await Promise.all(roles.map(async (role) => [role, await product.tokenOf(role)] as const));
  const differing: object[] = [];
  let asked = 0;
  for (const row of rows) {
    for (const [role, token] of [['nobody', undefined] as const, ...tokens]) {
      const isPublic = row.allowed.includes('anybody');
      const mayEnter = isPublic || (role !== 'nobody' && row.allowed.includes(role));
      const expected = mayEnter ? 'let in' : role === 'nobody' ? 'no token' : 'not this role';
      const found = await ask(row, token);
      asked += 1;
      if (found !== expected) differing.push({ ...row, role, expected, found });
    }
  }
  expect(differing).toEqual([]);
  expect(asked).toBe(rows.length * (roles.length + 1));
}, 120_000);

test('a credential for reading is let in by GET alone', async () => {
  const token = await product.tokenOf('administrator', { access: 'read' });
  for (const row of rows.filter(({ allowed }) => allowed.includes('administrator'))) {
    const answer = await fetch(`${product.address}${addressOf(row.path)}`, {
      method: row.method,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'walk' },
    });
    const { code } = answer.ok ? { code: undefined } : ((await answer.json()) as { code: string });
    await answer.body?.cancel().catch(() => undefined);
    expect([row.path, row.method, code === 'IDENTITY.READ_ONLY']).toEqual([row.path, row.method, row.method !== 'GET']);
  }
}, 60_000);

/** As Fastify itself lists them. */
async function routesServed(): Promise<Set<string>> {
  const fastify = product.app.getHttpAdapter().getInstance();
  await fastify.ready();
  const stack: string[] = [];
  const served = new Set<string>();
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:│ {3}| {4})*)(?:├── |└── )(\S*)(?: \(([^)]+)\))?/.exec(line);
    if (!match) continue;
    const [, indent = '', part = '', methods] = match;
    const depth = indent.length / 4;
    stack.splice(depth);
    stack[depth] = part;
    for (const method of methods?.split(', ') ?? []) {
      if (method !== 'HEAD' && method !== 'OPTIONS') served.add(`${method} ${stack.join('')}`);
    }
  }
  return served;
}
