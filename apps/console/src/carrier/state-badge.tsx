import type { SubscriptionResponse } from '@yizhan/client';
import { useTexts } from '../i18n/use-texts.js';

/** How a subscription stands; never by colour alone. */
export function StateBadge({
  subscription: { state, disabledReason, disabledAt, failingSince },
}: {
  readonly subscription: Pick<SubscriptionResponse, 'state' | 'disabledReason' | 'disabledAt' | 'failingSince'>;
}) {
  const { t, codeText, dateTimeOf } = useTexts();
  const isWell = state === 'active' && failingSince === undefined;
  return (
    <span className={isWell ? 'badge' : 'badge badge-held'}>
      {isWell ? '✓' : '!'} {codeText('subscription_state', state)}
      {disabledReason !== undefined && <>: {codeText('disabled_reason', disabledReason)}</>}
      {disabledAt !== undefined && <> · {t('subscription.disabled_since', { time: dateTimeOf(disabledAt) })}</>}
      {failingSince !== undefined && <> · {t('subscription.failing_since', { time: dateTimeOf(failingSince) })}</>}
    </span>
  );
}
