import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningKey, publicKeyOf, TokenSigner } from '@yizhan/identity';
import { readTokenKeys } from './token-keys.js';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-token-keys-'));
const file = join(folder, 'keys.json');

afterAll(() => rmSync(folder, { recursive: true }));

function verifierOf(content: unknown) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readTokenKeys(file);
}

it('checks tokens of every key in the file', async () => {
  const [old, fresh, unknown] = await Promise.all([newSigningKey(), newSigningKey(), newSigningKey()]);
  const verifier = verifierOf({ keys: [publicKeyOf(old), publicKeyOf(fresh)] });
  const token = async (key: typeof old): Promise<string> =>
    (await TokenSigner.of(key)).sign({ sub: 'operator:lin', role: 'administrator' }, 60);
  expect(await verifier.verify(await token(old))).toMatchObject({ role: 'administrator' });
  expect(await verifier.verify(await token(fresh))).toMatchObject({ role: 'administrator' });
  await expect(verifier.verify(await token(unknown))).rejects.toThrow('refused');
});

it.each([
  ['no JSON', 'no JSON', 'holds no keys'],
  ['no set', [], 'holds no keys'],
  ['an empty set', { keys: [] }, 'holds no keys'],
  ['a key of another kind', { keys: [{ kty: 'RSA', kid: '1', n: 'AQAB', e: 'AQAB' }] }, 'no Ed25519 key'],
  ['a key without a kid', { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }] }, 'no Ed25519 key'],
])('refuses %s', (_what, content, message) => {
  expect(() => verifierOf(content)).toThrow(message);
});

it('refuses a private key, and says nothing of it', async () => {
  const key = await newSigningKey();
  expect(() => verifierOf({ keys: [key] })).toThrow(/private key/);
  expect(() => verifierOf({ keys: [key] })).not.toThrow(key.d);
});

it('names the variable where no file is named or there is none', () => {
  expect(() => readTokenKeys(undefined)).toThrow('YIZHAN_TOKEN_KEYS_FILE is not set');
  expect(() => readTokenKeys(join(folder, 'nothing'))).toThrow('YIZHAN_TOKEN_KEYS_FILE');
});
