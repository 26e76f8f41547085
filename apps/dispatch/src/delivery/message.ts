import type { CustomHeader } from '../subscriptions/custom-headers.js';
import { signatureOf } from './signature.js';

/** What is sent to an endpoint. */
export interface Message {
  /** `webhook-id`: the same for the same event and subscription, however often it is sent. */
  readonly id: string;
  /** A CloudEvent. */
  readonly body: string;
  /** Place among the deliveries of the subscription: 1, 2, 3 … without a gap. Absent of what is no event of the log. */
  readonly number?: number;
}

/** As whom messages of one subscription are sent. */
export interface Sender {
  readonly subscriptionId: string;
  readonly url: URL;
  /** The newest secret first; two within the overlap of a rotation. */
  readonly keys: readonly Buffer[];
  /** When the second of them ends, epoch milliseconds of the product's clock. */
  readonly previousUntil: number | null;
  readonly headers: readonly CustomHeader[];
}

/** Bodies stay under this many bytes. */
export const mostBytes = 20_000;

export const webhookIdOf = (eventId: string, subscriptionId: string): string => `${eventId}_${subscriptionId}`;

/** @param timestamp seconds of the wall clock, which receivers compare with theirs */
export function headersOf(
  { subscriptionId, keys, headers }: Pick<Sender, 'subscriptionId' | 'keys' | 'headers'>,
  { id, body, number }: Message,
  timestamp: number,
): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { name, value } of headers) all[name] = value;
  all['content-type'] = 'application/cloudevents+json; charset=utf-8';
  all['user-agent'] = 'Yizhan-Webhooks/1';
  all['webhook-id'] = id;
  all['webhook-timestamp'] = String(timestamp);
  all['webhook-signature'] = signatureOf({ id, timestamp, body }, keys);
  all['yizhan-subscription-id'] = subscriptionId;
  if (number !== undefined) all['yizhan-delivery-number'] = String(number);
  return all;
}

/**
 * The document as it lies in the log, letter by letter. One of 20 kB or more goes without its data: `dataref` says where it lies
 * whole (the claim check of CloudEvents).
 */
export function bodyOf(document: string, position: number): string {
  if (document.length < mostBytes / 3 || Buffer.byteLength(document) < mostBytes) return document;
  const envelope = JSON.parse(document) as Record<string, unknown>;
  delete envelope['data'];
  return JSON.stringify({ ...envelope, dataref: `/api/v1/events?after=${position - 1}&limit=1` });
}
