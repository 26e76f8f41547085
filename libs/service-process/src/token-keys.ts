import { type SigningKey, TokenSigner, TokenVerifier, type VerifyingKey } from '@yizhan/identity';
import { badInput, readNamedFile } from '@yizhan/process';

const name = 'YIZHAN_TOKEN_KEYS_FILE';
const signingName = 'YIZHAN_TOKEN_SIGNING_KEY_FILE';

/** Checks tokens by the public keys of a JWKS file. @throws Fault for anything else, above all for a private key. */
export function readTokenKeys(file: string | undefined): TokenVerifier {
  if (file === undefined)
    throw badInput(`${name} is not set`, 'Name the JWKS file with the public keys of your tokens.');
  const keys = keysOf(readNamedFile(file, name));
  if (!keys || keys.length === 0) throw badInput(`${name}: ${file} holds no keys`, 'Write {"keys":[…]} (RFC 7517).');
  for (const key of keys) {
    if ('d' in key) {
      throw badInput(
        `${name}: ${file} holds a private key`,
        'Whoever reads it can make tokens: give services public keys.',
      );
    }
    if (!isVerifyingKey(key)) {
      throw badInput(
        `${name}: ${file} holds a key that is no Ed25519 key with a kid`,
        'Give keys of kty OKP, crv Ed25519.',
      );
    }
  }
  return TokenVerifier.of(keys.filter(isVerifyingKey));
}

/** Makes tokens with the private key of a file. @throws Fault for anything else. */
export async function readTokenSigner(file: string | undefined): Promise<TokenSigner | undefined> {
  if (file === undefined) return undefined;
  const key = keyOf(readNamedFile(file, signingName));
  if (key.kty === 'OKP' && key.crv === 'Ed25519' && key.d && key.kid) return TokenSigner.of(key as SigningKey);
  throw badInput(`${signingName}: ${file} holds no private Ed25519 key with a kid`, 'Write it as a JWK (RFC 7517).');
}

function keyOf(text: string): Partial<SigningKey> {
  try {
    return JSON.parse(text) as Partial<SigningKey>;
  } catch {
    // Told as what it is to the reader: no key.
    return {};
  }
}

function keysOf(text: string): readonly object[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'object' && key !== null) : undefined;
  } catch {
    // Told as what it is to the reader: no key set.
    return undefined;
  }
}

const isVerifyingKey = (key: Partial<VerifyingKey>): key is VerifyingKey =>
  key.kty === 'OKP' && key.crv === 'Ed25519' && typeof key.kid === 'string' && typeof key.x === 'string';
