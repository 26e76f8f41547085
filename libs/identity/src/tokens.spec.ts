import { Problem } from '@yizhan/kernel';
import { generateKeyPair, importJWK, SignJWT } from 'jose';
import type { Claims } from './caller.js';
import { newSigningKey, publicKeyOf, type SigningKey } from './signing-key.js';
import { TokenSigner } from './token-signer.js';
import { TokenVerifier } from './token-verifier.js';

let key: SigningKey;
let verifier: TokenVerifier;
const claims: Claims = { sub: 'operator:lin', role: 'operator', stations: ['JD'] };

beforeAll(async () => {
  key = await newSigningKey();
  verifier = TokenVerifier.of([publicKeyOf(key)]);
});

const refused = (token: string) =>
  expect(verifier.verify(token)).rejects.toMatchObject({ kind: 'forbidden', code: 'IDENTITY.TOKEN_REFUSED' });

/** A token made by hand, so that it can be wrong. */
async function forged(
  change: (token: SignJWT) => SignJWT,
  payload: object = { role: 'operator' },
  kid = key.kid,
): Promise<string> {
  const token = new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setSubject('operator:lin')
    .setIssuer('yizhan')
    .setAudience('yizhan')
    .setExpirationTime('1h');
  return change(token).sign(await importJWK(key, 'EdDSA'));
}

test('a token says who bears it', async () => {
  const token = await (await TokenSigner.of(key)).sign(claims, 3600);
  const caller = await verifier.verify(token);
  expect(caller).toMatchObject({ subject: 'operator:lin', role: 'operator', stations: ['JD'], areas: [] });
});

test('the hand-made token is right until it is changed', async () => {
  await expect(verifier.verify(await forged((token) => token))).resolves.toMatchObject({ role: 'operator' });
});

test('a token without an end is refused', async () => {
  const token = await new SignJWT({ role: 'operator' })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setSubject('operator:lin')
    .setIssuer('yizhan')
    .setAudience('yizhan')
    .sign(await importJWK(key, 'EdDSA'));
  await refused(token);
});

test('a token that has ended is refused', async () => {
  await refused(await (await TokenSigner.of(key)).sign(claims, -60));
});

test.each([
  ['audience', (token: SignJWT) => token.setAudience('other')],
  ['issuer', (token: SignJWT) => token.setIssuer('other')],
])('a token with another %s is refused', async (_what, change) => {
  await refused(await forged(change));
});

test('a token of another key is refused', async () => {
  await refused(await forged((each) => each, undefined, 'unknown'));
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const token = new SignJWT({ role: 'administrator' })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setSubject('x')
    .setIssuer('yizhan')
    .setAudience('yizhan')
    .setExpirationTime('1h');
  await refused(await token.sign(privateKey));
});

test('other algorithms are refused, even where the public key would fit as a secret', async () => {
  const secret = new TextEncoder().encode(String(publicKeyOf(key).x));
  const token = new SignJWT({ role: 'administrator' })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setSubject('x')
    .setIssuer('yizhan')
    .setAudience('yizhan')
    .setExpirationTime('1h');
  await refused(await token.sign(secret));
  const body = Buffer.from(JSON.stringify({ ...claims, iss: 'yizhan', aud: 'yizhan', exp: 9e9 })).toString('base64url');
  await refused(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`);
  await refused('no token at all');
});

test.each([
  ['no role', {}],
  ['an unknown role', { role: 'king' }],
  ['a driver that is nobody', { role: 'driver' }],
  ['a carrier that is none', { role: 'carrier' }],
  ['stations that are no list', { role: 'operator', stations: 'JD' }],
])('a token with %s is refused', async (_what, payload) => {
  await refused(await forged((token) => token, payload));
});

test('keys are rotated side by side', async () => {
  const next = await newSigningKey();
  const both = TokenVerifier.of([publicKeyOf(key), publicKeyOf(next)]);
  for (const each of [key, next]) {
    const token = await (await TokenSigner.of(each)).sign(claims, 60);
    await expect(both.verify(token)).resolves.toMatchObject({ subject: claims.sub });
  }
});

test('the public half holds no secret, and a refusal no token', async () => {
  expect(publicKeyOf(key)).not.toHaveProperty('d');
  const token = await forged((each) => each.setAudience('other'));
  const problem = await verifier.verify(token).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(JSON.stringify([problem, String(problem)])).not.toContain(token.split('.')[1]);
});
