export type * from './values.js';
export type { EventData, EventName, OfVisit } from './event-data.js';
export { dataSchema, eventSources, eventType, isEvent, parseEventType } from './envelope.js';
export type { EventSource, EventType, YizhanEvent } from './envelope.js';
