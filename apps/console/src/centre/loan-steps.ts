import type { Loan } from './use-loans.js';

/** Which of the two areas takes each step. */
const whose = {
  accept: 'to',
  decline: 'to',
  withdraw: 'from',
  call_off: 'either',
  join: 'to',
  begin_return: 'either',
  take_back: 'from',
} as const;

export type LoanStep = keyof typeof whose;

const isStep = (step: string): step is LoanStep => step in whose;

/** What may be done next, and by this area. */
export function stepsHere(
  { allowedSteps, fromAreaCode, toAreaCode }: Pick<Loan, 'allowedSteps' | 'fromAreaCode' | 'toAreaCode'>,
  areaCode: string,
): LoanStep[] {
  const sides = [...(fromAreaCode === areaCode ? ['from'] : []), ...(toAreaCode === areaCode ? ['to'] : []), 'either'];
  return allowedSteps.filter(isStep).filter((step) => sides.includes(whose[step]));
}
