import { ProblemError } from '@yizhan/client';

/** What a browser, or Dexie, calls it where this device keeps nothing more. */
const ofDevice: ReadonlySet<unknown> = new Set([
  'QuotaExceededError',
  'OpenFailedError',
  'DatabaseClosedError',
  'MissingAPIError',
]);

const keepsNothing = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { inner } = error as { readonly inner?: { readonly name?: string } };
  return ofDevice.has(error.name) || ofDevice.has(inner?.name);
};

/** What went wrong, for a person: a refusal in the words of its code where there are any, else in those of the service. */
export function problemText(error: unknown, t: (key: string) => string, isKnown: (key: string) => boolean): string {
  if (!(error instanceof ProblemError)) return t(keepsNothing(error) ? 'problem.device' : 'problem.network');
  const { code, detail } = error.problem;
  const key = `problem.${code.replaceAll('.', '_')}`;
  return isKnown(key) ? t(key) : detail;
}
