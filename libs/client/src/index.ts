export * from './generated/index.js';
export { connect, ProblemError } from './connect.js';
export { type EventFilter } from './events/event-filter.js';
export { type FollowSettings, followEvents } from './events/follow-events.js';
export { type DeliveryMemory, ProcessMemory } from './webhooks/delivery-memory.js';
export { type DeliveryGap, type DeliveryPlace, type DeliveryRun, type DeliveryRuns } from './webhooks/delivery-runs.js';
export {
  createReceiver,
  MissingNotFound,
  type Received,
  type Receiver,
  type ReceiverSettings,
} from './webhooks/receiver.js';
export {
  type VerifiedWebhook,
  type VerifySettings,
  verifyWebhook,
  type WebhookFault,
  type WebhookHeaders,
  type WebhookMessage,
  WebhookRefused,
} from './webhooks/verify-webhook.js';
