import type { Provider, Type } from '@nestjs/common';
import { Once } from '../changes/once.js';
import { ChangeSubscription } from './change-subscription.js';
import { CreateSubscription } from './create-subscription.js';
import { DeleteSubscription } from './delete-subscription.js';
import { PauseSubscription } from './pause-subscription.js';
import { ProbeEndpoint } from './probe-endpoint.js';
import { ProveEndpoint } from './prove-endpoint.js';
import { RotateSecret } from './rotate-secret.js';
import { SendTest } from './send-test.js';
import { SubscriptionSecrets } from './subscription-secrets.js';
import { SubscriptionStepsController } from './subscription-steps.controller.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { Subscriptions } from './subscriptions.reader.js';

/** Who wants to be told what, and where. */
export const subscriptionProviders: Provider[] = [
  Once,
  SubscriptionSecrets,
  Subscriptions,
  CreateSubscription,
  ChangeSubscription,
  PauseSubscription,
  RotateSecret,
  DeleteSubscription,
  ProbeEndpoint,
  ProveEndpoint,
  SendTest,
];

export const subscriptionControllers: Type[] = [SubscriptionsController, SubscriptionStepsController];
