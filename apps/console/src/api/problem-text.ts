import { ProblemError } from '@yizhan/client';

/** What went wrong, for a person: a refusal in the words of its code where there are any, else in those of the service. */
export function problemText(error: unknown, t: (key: string) => string, isKnown: (key: string) => boolean): string {
  if (!(error instanceof ProblemError)) return t('problem.network');
  const { code, detail } = error.problem;
  const key = `problem.${code.replaceAll('.', '_')}`;
  return isKnown(key) ? t(key) : detail;
}
