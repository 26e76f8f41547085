export type * from './scalars.js';
export type * from './values.js';
export type { EventData, EventName, OfVisit } from './event-data.js';
export { dataSchema, eventSources, eventType, isEvent, parseEventType, schemaFolder } from './envelope.js';
export type { EventSource, EventType, YizhanEvent } from './envelope.js';
export { aggregateOf, writers } from './subjects.js';
export type { Aggregate } from './subjects.js';
export { asWritten, upcast, upcasters, upcastWith } from './upcast.js';
export type { AnyVersion, Upcast, Upcaster } from './upcast.js';
