import { Button } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { changeOf } from './subscription-fields.js';
import { SubscriptionForm } from './subscription-form.js';
import { type Subscription, useCarrierChange } from './use-carrier.js';

/** Changes where a subscription is sent, what of, how fast and in which order. */
export function ChangeSubscription({ subscription }: { readonly subscription: Subscription }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { subscriptionId } = subscription;
  const change = useCarrierChange(
    (body: Parameters<typeof yizhan.subscriptions.change>[0]['body'], headers) =>
      yizhan.subscriptions.change({ path: { subscriptionId }, headers, body }),
    () => setOpen(false),
  );
  if (!isOpen)
    return (
      <Button size="large" onClick={() => setOpen(true)}>
        {t('subscription.change')}
      </Button>
    );
  return (
    <section className="panel">
      <h2>{t('subscription.change')}</h2>
      <SubscriptionForm
        subscription={subscription}
        error={change.error}
        isBusy={change.isPending}
        label={t('subscription.save')}
        onSubmit={(entered) => change.mutate(changeOf(entered))}
      />
      <Button block size="large" onClick={() => setOpen(false)}>
        {t('subscription.as_before')}
      </Button>
    </section>
  );
}
