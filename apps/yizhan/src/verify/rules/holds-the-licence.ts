import { part, texts } from '../plain-event.js';
import type { AssignmentCheck } from './assigning.js';

/** Where the pack says nothing: what each licence covers beside itself (China, GA 801). */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  A1: ['A1', 'B1', 'B2', 'C1'],
  A2: ['A2', 'B1', 'B2', 'C1'],
  B2: ['B2', 'C1'],
};

/** One of his licences covers the one that the truck needs. */
export const holdsTheLicence: AssignmentCheck = ({ handoff, driver, rules }) => {
  const table = part(rules, 'licenceCovers');
  const covered = (held: string): readonly string[] =>
    table[held] === undefined ? (COVERS[held] ?? [held]) : texts(table, held);
  const isCovered = driver.licences.some((held) => held === handoff.licence || covered(held).includes(handoff.licence));
  return isCovered
    ? undefined
    : `the truck needs licence ${handoff.licence} and he holds ${driver.licences.join(', ') || 'none'}`;
};
