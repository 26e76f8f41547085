import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { usualClaims } from '@yizhan/process';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { Credentials } from '../src/credentials.js';
import { ProviderVerifier } from '../src/provider/provider-verifier.js';

/** A real OpenID Connect provider on this machine; its tokens are JWTs for the audience `yizhan`. */
class TestProvider {
  #server: Server;
  issuer: string;
  #claims: object = {};

  private constructor(private keys: object[]) {}

  static async start(kid = 'first'): Promise<TestProvider> {
    const provider = new TestProvider([await newKey(kid)]);
    await provider.listen(0);
    return provider;
  }

  async listen(port: number): Promise<void> {
    this.#server = createServer();
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const oidc = new Provider(this.issuer, {
      jwks: { keys: this.keys },
      clients: [
        {
          client_id: 'tms',
          client_secret: 'secret',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:yizhan',
          getResourceServerInfo: (_context, resource) => ({
            scope: '',
            audience: resource === 'urn:other' ? 'other' : 'yizhan',
            accessTokenFormat: 'jwt' as const,
            accessTokenTTL: 600,
            jwt: { sign: { alg: 'RS256' as const } },
          }),
        },
      },
      extraTokenClaims: () => ({ ...this.#claims }),
    });
    this.#server.on('request', oidc.callback());
  }

  /** A token of the provider itself, for a person or system with these claims. */
  async token(claims: object, resource = 'urn:yizhan'): Promise<string> {
    this.#claims = claims;
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('tms:secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the provider gives no token: ${answer.status}`);
    return token;
  }

  /** As after a restart with new keys, at the same address. */
  async restartWith(kid: string): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    await this.stop();
    this.keys = [await newKey(kid)];
    await this.listen(port);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function newKey(kid: string): Promise<object> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
}

// It warns of what only a provider in production must not have.
beforeAll(() => {
  jest.spyOn(console, 'warn').mockImplementation();
  jest.spyOn(console, 'info').mockImplementation();
});

let provider: TestProvider;
const faults: unknown[] = [];
const started: ProviderVerifier[] = [];

async function verifier(settings: object = {}): Promise<ProviderVerifier> {
  const made = new ProviderVerifier(
    {
      issuer: provider.issuer,
      audience: 'yizhan',
      algorithms: ['RS256'],
      claims: { ...usualClaims, subject: 'client_id' },
      rolePrefix: '',
      ...settings,
    },
    { onFault: (_where, error) => faults.push(error), askAgainAfter: 0 },
  );
  await made.start();
  started.push(made);
  return made;
}

const carrier = { role: 'carrier', carrierId: 'C1' };
const refused = { kind: 'forbidden', code: 'IDENTITY.TOKEN_REFUSED' };

beforeEach(async () => {
  provider = await TestProvider.start();
});
afterEach(async () => {
  for (const each of started.splice(0)) each.stop();
  await provider.stop();
});

test('a token of the provider says who bears it', async () => {
  const caller = await (await verifier()).verify(await provider.token(carrier));
  expect(caller).toMatchObject({ subject: 'carrier:tms', role: 'carrier', carrierId: 'C1', access: 'write' });
  expect(caller.expiresAt).toBeGreaterThan(0);
});

test('it stands beside our own tokens, told apart by its issuer', async () => {
  const own = { verify: () => Promise.reject(new Error('asked as our own')) };
  const all = new Credentials({ tokens: own, provider: await verifier() });
  await expect(all.verify(await provider.token(carrier))).resolves.toMatchObject({ role: 'carrier' });
  const onlyProvider = new Credentials({ provider: await verifier() });
  await expect(onlyProvider.verify('no token')).rejects.toMatchObject(refused);
});

test('a token for another audience, by another algorithm or issuer, or without a role of ours is refused', async () => {
  const usual = await verifier();
  await expect(usual.verify(await provider.token(carrier, 'urn:other'))).rejects.toMatchObject(refused);
  await expect(usual.verify(await provider.token({}))).rejects.toMatchObject(refused);
  await expect((await verifier({ algorithms: ['ES256'] })).verify(await provider.token(carrier))).rejects.toMatchObject(
    refused,
  );
  const forged = await new SignJWT({ ...carrier, client_id: 'tms' })
    .setProtectedHeader({ alg: 'RS256', kid: 'first' })
    .setSubject('tms')
    .setIssuer(provider.issuer)
    .setAudience('yizhan')
    .setExpirationTime('1h')
    .sign((await generateKeyPair('RS256')).privateKey);
  await expect(usual.verify(forged)).rejects.toMatchObject(refused);
});

test('while the provider is dead its tokens go on, and it is no fault of theirs', async () => {
  const usual = await verifier();
  const token = await provider.token(carrier);
  await provider.stop();
  faults.length = 0;
  for (let round = 0; round < 3; round += 1)
    await expect(usual.verify(token)).resolves.toMatchObject({ role: 'carrier' });
  expect(faults).toEqual([]);
  await provider.restartWith('first').catch(() => provider.listen(0));
});

test('new keys of the provider are found when the first token of theirs comes', async () => {
  const usual = await verifier();
  await expect(usual.verify(await provider.token(carrier))).resolves.toMatchObject({ role: 'carrier' });
  await provider.restartWith('second');
  await expect(usual.verify(await provider.token(carrier))).resolves.toMatchObject({ role: 'carrier' });
});

test('a provider that was away at the start is asked again', async () => {
  const token = await provider.token(carrier);
  const { issuer } = provider;
  const port = Number(new URL(issuer).port);
  await provider.stop();
  faults.length = 0;
  const late = await verifier({ issuer });
  await expect(late.verify(token)).rejects.toMatchObject({ kind: 'unavailable', code: 'IDENTITY.PROVIDER_AWAY' });
  expect(faults.length).toBeGreaterThan(0);
  await provider.listen(port);
  await expect(late.verify(await provider.token(carrier))).resolves.toMatchObject({ role: 'carrier' });
});

test('a provider that calls itself something else is not believed', async () => {
  faults.length = 0;
  const token = await provider.token(carrier);
  const other = await verifier({ issuer: `${provider.issuer}/` });
  expect(String(faults[0])).toContain('another issuer');
  await expect(other.verify(token)).rejects.toMatchObject({ code: 'IDENTITY.PROVIDER_AWAY' });
});
