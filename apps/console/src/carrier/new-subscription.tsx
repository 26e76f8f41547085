import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { wishOf } from './subscription-fields.js';
import { SubscriptionForm } from './subscription-form.js';
import { useCarrierChange } from './use-carrier.js';

export interface Made {
  readonly subscriptionId: string;
  readonly secret: string | null;
}

/** Makes a subscription; the endpoint proves itself afterwards. */
export function NewSubscription({ onMade }: { readonly onMade: (made: Made) => void }) {
  const { t } = useTexts();
  const create = useCarrierChange(
    (body: Parameters<typeof yizhan.subscriptions.create>[0]['body'], headers) =>
      yizhan.subscriptions.create({ headers, body }),
    onMade,
  );
  return (
    <SubscriptionForm
      error={create.error}
      isBusy={create.isPending}
      label={t('subscription.create')}
      onSubmit={(entered) => create.mutate(wishOf(entered))}
    />
  );
}
