import { handoffTable } from '../handoffs/handoff.js';
import { loanTable } from '../lending/loan.js';
import { passTable } from '../passes/pass.js';
import { runTable } from '../runs/run.js';
import { handoverTable } from '../shift-handovers/shift-handover.js';
import { visitTable } from '../visits/visit.js';
import { stepsFrom, takeStep, type TransitionTable } from './transition-table.js';

const tables: [noun: string, table: TransitionTable<string, string>, first: string][] = [
  ['visit', visitTable, 'announced'],
  ['handoff', handoffTable, 'requested'],
  ['run', runTable, 'open'],
  ['pass', passTable, 'issued'],
  ['handover', handoverTable, 'offered'],
  ['loan', loanTable, 'offered'],
];

function reachable(table: TransitionTable<string, string>, from: string, seen = new Set([from])): Set<string> {
  for (const to of Object.values(table[from].steps)) {
    if (to === undefined || seen.has(to)) continue;
    seen.add(to);
    reachable(table, to, seen);
  }
  return seen;
}

/** States whose sentence says that they are. */
function finalsOf(table: TransitionTable<string, string>): string[] {
  return Object.keys(table).filter((state) => table[state].means.endsWith(' Final.'));
}

describe.each(tables)('the table of a %s', (noun, table, first) => {
  test('every state can be reached and has a sentence', () => {
    expect([...reachable(table, first)].toSorted()).toEqual(Object.keys(table).toSorted());
    for (const { means } of Object.values(table)) expect(means).toMatch(/^[A-Z].*\.$/);
  });

  test('every step leads to a state of the table; final states have none', () => {
    for (const { steps } of Object.values(table))
      for (const to of Object.values(steps)) expect(Object.keys(table)).toContain(to);
    expect(Object.keys(table).filter((state) => stepsFrom(table, state).length === 0)).toEqual(finalsOf(table));
  });

  test('every state can end', () => {
    for (const state of Object.keys(table))
      expect(finalsOf(table).some((final) => reachable(table, state).has(final))).toBe(true);
  });

  test('a step that the table does not have is refused with what is allowed', () => {
    const steps = new Set(Object.keys(table).flatMap((state) => stepsFrom(table, state)));
    for (const state of Object.keys(table)) {
      for (const step of steps) {
        const to = table[state].steps[step];
        if (to !== undefined) expect(takeStep(noun, table, state, step)).toBe(to);
        else
          expect(() => takeStep(noun, table, state, step)).toThrow(
            expect.objectContaining({
              kind: 'illegal_state',
              details: { state, allowedSteps: stepsFrom(table, state) },
            }),
          );
      }
    }
  });
});

test('a refusal says what is missing, or that it is over', () => {
  const codes = [
    () => takeStep('handoff', handoffTable, 'assigned', 'start'),
    () => takeStep('handoff', handoffTable, 'completed', 'complete'),
    () => takeStep('handoff', handoffTable, 'accepted', 'complete'),
    () => takeStep('visit', visitTable, 'arrived', 'cancel'),
  ].map((attempt) => {
    try {
      return attempt();
    } catch (problem) {
      return (problem as { code: string }).code;
    }
  });
  expect(codes).toEqual([
    'HANDOFF.NOT_ACCEPTED',
    'HANDOFF.ALREADY_COMPLETED',
    'HANDOFF.NOT_STARTED',
    'VISIT.NOT_ANNOUNCED',
  ]);
});
