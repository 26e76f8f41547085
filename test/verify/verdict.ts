import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import type { VerifyReport } from '../../apps/yizhan/src/verify/verify-report.js';
import type { Fields, LogBuilder } from './log-builder.js';

export async function* linesOf(events: readonly Fields[]): AsyncGenerator<string> {
  for (const event of events) yield JSON.stringify(event);
}

/** The checker's report on a history. */
export async function reportOn(told: LogBuilder | readonly Fields[]): Promise<VerifyReport> {
  return verifyExport(linesOf(Array.isArray(told) ? (told as readonly Fields[]) : (told as LogBuilder).seal()));
}

/** What is wrong, as `number: message` of the first violation of each broken rule. */
export async function faultsOf(told: LogBuilder | readonly Fields[]): Promise<string[]> {
  const { form, rules } = await reportOn(told);
  return [form, ...rules]
    .filter(({ violations }) => violations > 0)
    .map(({ rule, first }) => `${rule}: ${first?.message}`);
}

/** Expects exactly these rules to be broken, and the first message of the first of them to say so. */
export async function expectBroken(
  told: LogBuilder | readonly Fields[],
  rules: number | number[],
  says: RegExp,
): Promise<void> {
  const faults = await faultsOf(told);
  const wanted = [rules].flat();
  expect({ rules: faults.map((fault) => Number.parseInt(fault, 10)), faults }).toEqual({
    rules: wanted.toSorted((a, b) => a - b),
    faults,
  });
  expect(faults.find((fault) => fault.startsWith(`${wanted[0]}:`))).toMatch(says);
}

/** Expects no rule to be broken. */
export async function expectLegal(told: LogBuilder | readonly Fields[]): Promise<void> {
  expect(await faultsOf(told)).toEqual([]);
}
