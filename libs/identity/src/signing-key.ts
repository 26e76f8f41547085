import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** An Ed25519 private key as a JWK with its `kid`: whoever has it can make tokens. */
export type SigningKey = JWK & {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly kid: string;
  readonly d: string;
};

/** The public half of a signing key. */
export type VerifyingKey = Omit<SigningKey, 'd'>;

/** Makes a signing key. Its `kid` is its RFC 7638 thumbprint, so that keys can be rotated side by side. */
export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(jwk) } as SigningKey;
}

/** What may be shown to verifiers. */
export function publicKeyOf(key: SigningKey): VerifyingKey {
  return Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'd')) as VerifyingKey;
}
