import { Problem } from '@yizhan/kernel';

/** The states of one thing: what each means to a person, and which step leads where. A state without steps is final. */
export type TransitionTable<State extends string, Step extends string> = Readonly<
  Record<State, { readonly means: string; readonly steps: Readonly<Partial<Record<Step, State>>> }>
>;

/** The steps that the table allows in a state, in the order in which the table lists them. */
export function stepsFrom<State extends string, Step extends string>(
  table: TransitionTable<State, Step>,
  state: State,
): Step[] {
  return Object.keys(table[state].steps) as Step[];
}

/**
 * Where a step leads. @throws Problem `illegal_state` with `allowedSteps`: `HANDOFF.ALREADY_COMPLETED` in a final
 * state, else `HANDOFF.NOT_ACCEPTED` after the first state that has the step.
 */
export function takeStep<State extends string, Step extends string>(
  noun: string,
  table: TransitionTable<State, Step>,
  state: State,
  step: Step,
): State {
  const next: State | undefined = table[state].steps[step];
  if (next !== undefined) return next;
  const allowedSteps = stepsFrom(table, state);
  const home = (Object.keys(table) as State[]).find((other) => step in table[other].steps);
  const code = allowedSteps.length === 0 ? `ALREADY_${state}` : `NOT_${home ?? state}`;
  throw new Problem(
    'illegal_state',
    `${noun.toUpperCase()}.${code.toUpperCase()}`,
    `the ${noun} is ${state}: ${step.replaceAll('_', ' ')} is not possible now`,
    { state, allowedSteps },
  );
}
