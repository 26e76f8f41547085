/** Headers as `fetch` gives them, or as Node does: names in lower case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request as it came to your endpoint. */
export interface WebhookMessage {
  readonly headers: WebhookHeaders;
  /** Letter by letter as it came: text that was parsed and written again has another signature. */
  readonly body: string | Uint8Array;
}

export interface VerifySettings {
  /** How far `webhook-timestamp` may be from now, in seconds; 300 without. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970; the clock of the machine without. */
  readonly now?: () => number;
}

/** What a message says of itself, once its signature is known to be good. */
export interface VerifiedWebhook {
  /** `webhook-id`: the same however often the message comes. */
  readonly id: string;
  readonly body: string;
}

/** Why a message cannot be believed. */
export type WebhookFault = 'no_signature' | 'bad_timestamp' | 'too_old' | 'too_new' | 'bad_signature';

/** A message that is not believed: answer it with 400 or 401. */
export class WebhookRefused extends Error {
  constructor(
    readonly fault: WebhookFault,
    message: string,
  ) {
    super(message);
    this.name = 'WebhookRefused';
  }
}

/**
 * Verifies a message of Standard Webhooks 1.0 (scheme `v1`).
 * @param secrets `whsec_…`; two of them while one is being replaced
 * @throws WebhookRefused where it is not signed with one of them, or not just now
 * @throws Error where a secret is none
 */
export async function verifyWebhook(
  { headers, body }: WebhookMessage,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = () => Date.now() }: VerifySettings = {},
): Promise<VerifiedWebhook> {
  const keys = await Promise.all([secrets].flat().map(keyOf));
  if (keys.length === 0) throw new Error('there is no secret to verify a webhook with');
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    header(headers, `webhook-${name}`),
  );
  if (!id || !timestamp || !signatures)
    throw new WebhookRefused('no_signature', 'webhook-id, webhook-timestamp or webhook-signature is missing');
  requireRecent(timestamp, now() / 1_000, toleranceSeconds);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const content = joined(encode(`${id}.${timestamp}.`), typeof body === 'string' ? encode(body) : body);
  const given = signatures.split(' ').flatMap(bytesOfV1);
  for (const signature of given) {
    for (const key of keys) {
      if (await crypto.subtle.verify('HMAC', key, signature, content)) return { id, body: text };
    }
  }
  throw new WebhookRefused('bad_signature', 'no signature of the message is by one of the secrets');
}

/** A header, whoever gives them. */
export function header(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}

function requireRecent(timestamp: string, now: number, tolerance: number): void {
  if (!/^\d{1,15}$/.test(timestamp))
    throw new WebhookRefused('bad_timestamp', 'webhook-timestamp is no number of seconds');
  const age = now - Number(timestamp);
  const off = `webhook-timestamp is more than ${tolerance} s off`;
  if (age > tolerance) throw new WebhookRefused('too_old', off);
  if (age < -tolerance) throw new WebhookRefused('too_new', off);
}

const encoder = new TextEncoder();
const encode = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function keyOf(secret: string): ReturnType<typeof crypto.subtle.importKey> {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0) throw new Error('a secret of a webhook is whsec_ and base64');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** Schemes of later versions are passed over. */
function bytesOfV1(signature: string): Uint8Array<ArrayBuffer>[] {
  const bytes = signature.startsWith('v1,') ? bytesOf(signature.slice('v1,'.length)) : undefined;
  return bytes ? [bytes] : [];
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
