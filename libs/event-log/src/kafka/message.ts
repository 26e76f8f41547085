import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { YizhanEvent } from '@yizhan/contracts';
import { decodeEvent, type Unreadable } from '../log-entry.js';

/** Structured mode of the CloudEvents Kafka binding: the value is the whole document, the key is the area code. */
const contentType = 'application/cloudevents+json; charset=UTF-8';

interface Published {
  readonly key: string;
  readonly position: number;
  readonly document: string;
}

export function messageOf({ key, position, document }: Published): { key: string; value: string; headers: IHeaders } {
  return { key, value: document, headers: { 'content-type': contentType, position: String(position) } };
}

/** Why a message is no event, with the place in the log that its headers name. */
export interface UnreadableMessage {
  readonly unreadable: Unreadable;
  readonly key?: string;
  readonly position?: number;
}

export type ReadMessage = { readonly event: YizhanEvent } | UnreadableMessage;

export function readMessage({ key, value, headers }: KafkaMessage): ReadMessage {
  const raw = value?.toString('utf8') ?? '';
  const decoded = value === null ? { reason: 'a tombstone: no value' } : decodeEvent(raw);
  if ('event' in decoded && decoded.event.partitionkey === key?.toString()) return decoded;
  const reason = 'reason' in decoded ? decoded.reason : `its key is not ${decoded.event.partitionkey}`;
  const position = Number(headers?.position?.toString());
  return {
    unreadable: { raw, reason },
    ...(key && Number.isSafeInteger(position) && position > 0 ? { key: key.toString(), position } : {}),
  };
}
