import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { knownTypes } from '../../apps/yizhan/src/verify/known-types.js';
import { reachesCarriers } from '../../docs/generate/event-catalogue.js';
import { productRoutes } from '../../docs/generate/product-routes.js';
import { renderEventsPage } from '../../docs/generate/events-page.js';
import { renderRolesPage } from '../../docs/generate/roles-page.js';
import { renderStatesPage } from '../../docs/generate/states-page.js';
import { readSourceTree } from '../architecture/source-tree.js';
import { recordedEvents } from '../support/recorded-log.js';

const root = resolve(__dirname, '../..');

describe('the page of states', () => {
  it('draws every transition table of the product', () => {
    const page = renderStatesPage();
    const files = readSourceTree(root).filter(
      ({ path }) =>
        path.startsWith('apps/') &&
        /^export const \w+: TransitionTable</m.test(readFileSync(`${root}/${path}`, 'utf8')),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(({ path }) => !page.includes(`(../${path})`))).toEqual([]);
  });
});

describe('the page of roles', () => {
  it('has no route that lets nobody in: one whose roles were forgotten', () => {
    const routes = productRoutes();
    expect(routes.length).toBeGreaterThan(150);
    expect(routes.filter(({ roles }) => roles.length === 0).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});

describe('the catalogue of events', () => {
  it('says of each type of a recorded log whether it reached carriers', () => {
    const named = new Map(recordedEvents().map(({ type, carrierid }) => [type.slice(7, -3), carrierid !== undefined]));
    expect(named.size).toBeGreaterThan(30);
    expect([...named].filter(([name, didReach]) => didReach !== reachesCarriers(name))).toEqual([]);
  });
});

describe('the page of roles, of links', () => {
  const rows = renderRolesPage()
    .split('\n')
    .filter((line) => line.startsWith('| for one '))
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/[`|]/g, '').trim()));

  it('says for each kind of link what it reads and changes', () => {
    const [handoff = [], visit = []] = rows;
    expect(handoff[3]?.split(' ')).toContain('/api/v1/handoffs/:handoffId/acceptance,');
    expect(handoff[3]).not.toContain('visits');
    expect(visit.slice(1)).toEqual([
      'POST /api/v1/visits/:visitId/gate-links',
      '–',
      '/api/v1/visits/:visitId/gate-statement',
    ]);
  });
});

describe('the page of events', () => {
  const page = renderEventsPage();

  it('has every type that verify knows, with its subject', () => {
    expect([...knownTypes.keys()].filter((name) => !page.includes(`| \`${name}\` | `))).toEqual([]);
    expect(page).toContain(
      '| `custody.moved` | Responsibility moves without a handoff: parked, taken up again, or for an absent driver. | `truck/…` | `plate`: [Code](#code)<br>`from`: [Party](#party)<br>',
    );
  });

  it('says what a field means, may be, and whether it may be missing', () => {
    expect(page).toContain(
      '`custodyAt`: [Instant](#instant) – The one recorded instant at which responsibility moves.',
    );
    expect(page).toContain('`queue`: `outside`, `inside`<br>');
    expect(page).toContain('`seal?`: [Seal](#seal)');
  });

  it('leads to files that are there, and to sections that it has', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !link.startsWith('#') && !existsSync(join(root, 'docs', link)))).toEqual([]);
    const sections = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => `#${title.toLowerCase()}`));
    expect(links.filter((link) => link.startsWith('#') && !sections.has(link))).toEqual([]);
    expect(links.length).toBeGreaterThan(100);
  });
});
