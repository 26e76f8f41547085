import type { SigningKey, VerifyingKey } from '@yizhan/identity';
import { badInput, readNamedFile } from '@yizhan/process';

const name = 'YIZHAN_SLIP_KEYS_FILE';

/** Keys that handoff slips are signed with: the first with a private half signs, all verify. */
export type SlipKeySet = readonly (SigningKey | VerifyingKey)[];

/** The keys of the file that the environment names; none where it names none. @throws Fault for a file that is no such set. */
export function readSlipKeysFile(file: string | undefined): SlipKeySet | undefined {
  return file === undefined ? undefined : readSlipKeySet(readNamedFile(file, name), `${name}: ${file}`);
}

/** @param where the text comes from, for the fault. @throws Fault where it is no JWKS of Ed25519 keys. */
export function readSlipKeySet(text: string, where: string): SlipKeySet {
  const keys = keysOf(text);
  if (keys && keys.length > 0 && keys.every(isSlipKey)) return keys;
  throw badInput(
    `${where} holds no keys for slips`,
    'Give a JWKS, {"keys":[…]} (RFC 7517), of keys of kty OKP and crv Ed25519 with a kid.',
  );
}

function keysOf(text: string): object[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'object' && key !== null) : undefined;
  } catch {
    // Told as what it is to the reader: no key set.
    return undefined;
  }
}

const isSlipKey = (key: Partial<SigningKey>): key is SigningKey | VerifyingKey =>
  key.kty === 'OKP' && key.crv === 'Ed25519' && typeof key.kid === 'string' && typeof key.x === 'string';
