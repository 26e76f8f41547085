import { toIso } from '@yizhan/kernel';
import type { Answer, FailureCode } from '@yizhan/outgoing';

/** One attempt as it is kept and shown. */
export interface Attempt {
  readonly at: string;
  readonly milliseconds: number;
  readonly status?: number;
  /** The start of what it answered. */
  readonly answer?: string;
  /** Why it failed, in English; absent where it did not. */
  readonly failure?: string;
  /** The same from a closed list; absent also of attempts that were kept before there was one. */
  readonly failureCode?: FailureCode;
}

/** So many attempts of a delivery are kept, the newest. */
export const attemptsKept = 20;
const mostShown = 300;

/** @param at when it began, epoch milliseconds */
export function attemptOf(answer: Answer, at: number): Attempt {
  const { status, text, failure, milliseconds } = answer;
  const plain = { at: toIso(at), milliseconds: Math.round(milliseconds) };
  // As nearly all are.
  if (status !== undefined && text === '' && failure === undefined) return { ...plain, status };
  return {
    ...plain,
    ...(status === undefined ? {} : { status }),
    ...(text === '' ? {} : { answer: shown(text) }),
    ...(failure === undefined ? {} : { failure: shown(failure.words), failureCode: failure.code }),
  };
}

/** Without what a database or a terminal would stumble over. */
const shown = (text: string): string =>
  Array.from(text.slice(0, 2 * mostShown), (each) => (/[\p{Cc}\p{Cs}]/u.test(each) ? ' ' : each))
    .slice(0, mostShown)
    .join('');
