import { renderRulesPage } from '../../test/architecture/rules-page.js';
import { renderEventsPage } from './events-page.js';
import { renderStatesPage } from './states-page.js';

export interface Generator {
  /** The file that it writes, from the root of the repository. */
  writes: string;
  render: () => string | Promise<string>;
}

/** Every generated file of the repository. Add a line here, and the gate keeps the file up to date. */
export const generators: readonly Generator[] = [
  { writes: 'docs/architecture-rules.md', render: renderRulesPage },
  { writes: 'docs/events.md', render: renderEventsPage },
  { writes: 'docs/states.md', render: renderStatesPage },
];
