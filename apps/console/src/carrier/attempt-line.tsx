import type { AttemptResponse } from '@yizhan/client';
import { useTexts } from '../i18n/use-texts.js';

export type Attempt = AttemptResponse;

/** One attempt at an endpoint: when, what it answered, why it failed, how long it took. */
export function AttemptLine({ attempt }: { readonly attempt: Attempt }) {
  const { t, dateTimeOf } = useTexts();
  const { at, status, failure, answer, milliseconds } = attempt;
  const words = [status === undefined ? undefined : String(status), failure, `${milliseconds} ms`];
  return (
    <p className="attempt">
      <time dateTime={at}>{dateTimeOf(at)}</time>{' '}
      <strong>{failure === undefined ? `✓ ${t('delivery.taken')}` : `✗ ${t('delivery.not_taken')}`}</strong>{' '}
      {words.filter((word) => word !== undefined).join(' · ')}
      {answer !== undefined && <code>{answer}</code>}
    </p>
  );
}
