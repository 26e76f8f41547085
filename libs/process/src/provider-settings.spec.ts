import { readProviderSettings, usualClaims } from './provider-settings.js';

it('is nothing where nothing is said', () => {
  expect(readProviderSettings({})).toBeUndefined();
});

it('needs the issuer alone', () => {
  expect(readProviderSettings({ YIZHAN_OIDC_ISSUER: 'https://login.example.org/realms/yizhan' })).toEqual({
    issuer: 'https://login.example.org/realms/yizhan',
    audience: 'yizhan',
    algorithms: ['RS256'],
    claims: usualClaims,
    rolePrefix: '',
  });
});

it('reads everything else', () => {
  expect(
    readProviderSettings({
      YIZHAN_OIDC_ISSUER: 'http://127.0.0.1:9000',
      YIZHAN_OIDC_AUDIENCE: 'relay',
      YIZHAN_OIDC_ALGORITHMS: 'ES256, EdDSA',
      YIZHAN_OIDC_CLAIMS: 'subject=preferred_username, role=realm_access.roles',
      YIZHAN_OIDC_ROLE_PREFIX: 'yizhan-',
    }),
  ).toMatchObject({
    audience: 'relay',
    algorithms: ['ES256', 'EdDSA'],
    claims: { ...usualClaims, subject: 'preferred_username', role: 'realm_access.roles' },
    rolePrefix: 'yizhan-',
  });
});

it.each([
  ['YIZHAN_OIDC_ISSUER', 'no address'],
  ['YIZHAN_OIDC_ISSUER', 'http://login.example.org'],
  ['YIZHAN_OIDC_ALGORITHMS', 'HS256'],
  ['YIZHAN_OIDC_ALGORITHMS', 'none'],
  ['YIZHAN_OIDC_CLAIMS', 'role'],
  ['YIZHAN_OIDC_CLAIMS', 'king=role'],
])('refuses %s=%s', (name, value) => {
  expect(() => readProviderSettings({ YIZHAN_OIDC_ISSUER: 'https://login.example.org', [name]: value })).toThrow(name);
});
