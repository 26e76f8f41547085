import type { AttemptResponse } from '@yizhan/client';
import { useTexts } from '../i18n/use-texts.js';

export type Attempt = AttemptResponse;

/** One attempt at an endpoint: when, what it answered, why it failed, how long it took. */
export function AttemptLine({ attempt }: { readonly attempt: Attempt }) {
  const { t, dateTimeOf, codeText } = useTexts();
  const { at, status, failure, failureCode, answer, milliseconds } = attempt;
  // Of a kind that has no name the words of the service say more.
  const why = failureCode === undefined || failureCode === 'other' ? failure : codeText('failure', failureCode);
  const words = [status === undefined ? undefined : String(status), why, `${milliseconds} ms`];
  return (
    <p className="attempt">
      <time dateTime={at}>{dateTimeOf(at)}</time>{' '}
      <strong>{failure === undefined ? `✓ ${t('delivery.taken')}` : `✗ ${t('delivery.not_taken')}`}</strong>{' '}
      {words.filter((word) => word !== undefined).join(' · ')}
      {answer !== undefined && <code>{answer}</code>}
    </p>
  );
}
