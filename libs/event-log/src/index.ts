export { Bell } from './bell.js';
export type { Cause } from './cause.js';
export { Consumer } from './consumer.js';
export type { ConsumerSettings, HandleEvent, KeyShare, RestoreMemory } from './consumer-settings.js';
export { canonicalJson } from './canonical-json.js';
export { createConsumerTables, extendConsumerTables, shrinkConsumerTables } from './consumer-tables.js';
export { EmbeddedTransport } from './embedded-transport.js';
export type { EmbeddedSettings } from './embedded-transport.js';
export { entriesShownTo } from './entries-shown-to.js';
export { EventContext } from './event-context.js';
export { EventLogServer, PassHandlerErrors } from './event-log-server.js';
export type { EventLogServerSettings } from './event-log-server.js';
export type { EventTransport } from './event-transport.js';
export { decodeEvent, RecentEntries } from './log-entry.js';
export type { LogEntry } from './log-entry.js';
export { LogBacklog } from './log-backlog.js';
export type { Backlog } from './log-backlog.js';
export { loggedEvent, loggedHistory, LogReader } from './log-reader.js';
export type { SubjectHistory } from './log-reader.js';
export { inOrderOfKey } from './of-key.js';
export { eventLogMigrations } from './event-log-migrations.js';
export { newEvent, Outbox } from './outbox.js';
export type { NewEvent } from './outbox.js';
export { DiscardedEvents } from './discarded-events.js';
export type { Discard, DiscardedEvent } from './discarded-events.js';
export { ParkedEvents } from './parked-events.js';
export { parkedStates } from './parked-records.js';
export type {
  ParkedEvent,
  ParkedEventDetail,
  ParkedFilter,
  ParkedState,
  ParkedSummary,
  Released,
  Stretch,
  SubjectEvent,
} from './parked-records.js';
export { QuarantinedMessages } from './quarantined-messages.js';
export type { QuarantinedMessage, QuarantinePlace } from './quarantined-messages.js';
export { settleRestoredLog } from './restored-log.js';
export { Sequencer } from './sequencer.js';
export { messageOf } from './kafka/message.js';
export { KafkaPublisher } from './kafka/kafka-publisher.js';
export type { PublisherProgress, PublisherSettings } from './kafka/kafka-publisher.js';
export { usualTopic } from './kafka/kafka-settings.js';
export type { KafkaSettings } from './kafka/kafka-settings.js';
export { KafkaTransport } from './kafka/kafka-transport.js';
export type { KafkaTransportSettings } from './kafka/kafka-transport.js';
export { publishAgain, publishedUpTo } from './kafka/published-place.js';
export {
  areBrokersAway,
  checkTopics,
  describeTopic,
  newTopicWithin,
  provisionTopics,
  removeTopic,
  topicExists,
} from './kafka/topics.js';
export { LogBell, OutboxNotifier, outboxChannel } from './notifications.js';
export type { EventLogTelemetry } from './telemetry.js';
export type { EventTracing, TracedStep } from './tracing.js';
export { Wake } from './wake.js';
