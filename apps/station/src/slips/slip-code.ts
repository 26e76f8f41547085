import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { decode, encode } from 'cborg';
import type { SigningKey, VerifyingKey } from '@yizhan/identity';
import { fromBase45, toBase45 } from './base45.js';
import type { SlipFacts } from './slip-facts.js';
import { decodeFacts, encodeFacts, type SignedFacts } from './slip-payload.js';

/** What begins the text of every slip of this form. */
export const slipPrefix = 'YZ1:';

/** What a reader finds in a code. */
export type SlipVerdict =
  | { readonly isGenuine: true; readonly kid: string; readonly facts: SignedFacts }
  /** `no_slip`: not a text of ours. `unknown_key`: signed by nobody whom the keys name. `bad_signature`: changed, or made up. */
  | { readonly isGenuine: false; readonly reason: 'no_slip' | 'unknown_key' | 'bad_signature' };

/** COSE (RFC 9052): tag of a COSE_Sign1, its headers, and EdDSA. */
const sign1Tag = 0xd2;
const header = { alg: 1, kid: 4 } as const;
const edDsa = -8;
/** Of the thumbprint that names a key: enough to find it, as in health certificates. */
const kidBytes = 8;

/** The text of a slip's QR code: `YZ1:` and the facts in a COSE_Sign1, in base45. */
export function signSlip(facts: SlipFacts, key: SigningKey): string {
  const guarded = encode(
    new Map<number, unknown>([
      [header.alg, edDsa],
      [header.kid, shortKid(key.kid)],
    ]),
  );
  const payload = encodeFacts(facts);
  const privateKey = createPrivateKey({ key: { ...key }, format: 'jwk' });
  const signature = sign(null, toBeSigned(guarded, payload), privateKey);
  const message = encode([guarded, new Map(), payload, signature]);
  return slipPrefix + toBase45(Buffer.concat([Buffer.from([sign1Tag]), message]));
}

/** Reads and checks the text of a code with nothing but the keys at hand. */
export function verifySlip(text: string, keys: readonly VerifyingKey[]): SlipVerdict {
  const message = openMessage(text.trim());
  if (!message) return { isGenuine: false, reason: 'no_slip' };
  const { guarded, kid, payload, signature } = message;
  const named = keys.filter((key) => Buffer.compare(shortKid(key.kid), kid) === 0);
  if (named.length === 0) return { isGenuine: false, reason: 'unknown_key' };
  const signer = named.find((key) => {
    const publicKey = createPublicKey({ key: { kty: key.kty, crv: key.crv, x: String(key['x']) }, format: 'jwk' });
    return verify(null, toBeSigned(guarded, payload), publicKey, signature);
  });
  if (!signer) return { isGenuine: false, reason: 'bad_signature' };
  const facts = decodeFacts(payload);
  return facts ? { isGenuine: true, kid: signer.kid, facts } : { isGenuine: false, reason: 'no_slip' };
}

/** The first bytes of a key's thumbprint. */
const shortKid = (kid: string): Buffer => Buffer.from(kid, 'base64url').subarray(0, kidBytes);

const toBeSigned = (guarded: Uint8Array, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', guarded, new Uint8Array(), payload]);

interface Message {
  readonly guarded: Uint8Array;
  readonly kid: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

function openMessage(text: string): Message | undefined {
  if (!text.startsWith(slipPrefix)) return undefined;
  const bytes = fromBase45(text.slice(slipPrefix.length));
  if (bytes?.[0] !== sign1Tag) return undefined;
  const parts = decoded(bytes.subarray(1));
  if (!Array.isArray(parts) || parts.length !== 4) return undefined;
  const [guarded, , payload, signature]: unknown[] = parts;
  if (!isBytes(guarded) || !isBytes(payload) || !isBytes(signature)) return undefined;
  const headers = decoded(guarded);
  if (!(headers instanceof Map) || headers.get(header.alg) !== edDsa) return undefined;
  const kid: unknown = headers.get(header.kid);
  return isBytes(kid) ? { guarded, kid, payload, signature } : undefined;
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { useMaps: true, strict: true });
  } catch {
    // Not CBOR, and so no slip.
    return undefined;
  }
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
