// The tags are read by docs/generate: they are the constraints of the JSON Schemas.

/**
 * RFC 3339 in UTC, to the millisecond, such as `2026-03-02T00:06:00.000Z`.
 * @format date-time
 * @pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$
 */
export type Instant = string;

/**
 * Made by whoever needs the id, also on a tablet that is offline.
 * @format uuid
 */
export type Uuid = string;

/**
 * Id of an event: a UUIDv7 in lower case.
 * @format uuid
 * @pattern ^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$
 */
export type EventId = string;

/**
 * An id or a code without blanks: never a name, never free text.
 * @pattern ^\S+$
 * @maxLength 64
 */
export type Code = string;

/**
 * 1, 2, 3 … as decimal text, as JSON readers differ in how far they count.
 * @pattern ^[1-9][0-9]*$
 */
export type Ordinal = string;

/**
 * A position in the log as decimal text; `"0"` is before the first.
 * @pattern ^(0|[1-9][0-9]*)$
 */
export type Position = string;

/**
 * SHA-256 in lower-case hex.
 * @pattern ^[0-9a-f]{64}$
 */
export type Sha256 = string;

/**
 * Whole seconds.
 * @asType integer
 * @minimum 0
 */
export type Seconds = number;

/**
 * Higher goes first: 0 (usual) to 9.
 * @asType integer
 * @minimum 0
 * @maximum 9
 */
export type Priority = number;

/**
 * Local time of day; `24:00` is the end of the day.
 * @pattern ^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$
 */
export type TimeOfDay = string;

/**
 * A day of the calendar, such as `2026-10-01`.
 * @format date
 * @pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}$
 */
export type CalendarDay = string;

/**
 * How many.
 * @asType integer
 * @minimum 0
 */
export type Count = number;
