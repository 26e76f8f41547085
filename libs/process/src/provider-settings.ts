import type { Environment } from './environment.js';
import { badInput } from './fault.js';

/** Where our claims lie in a provider's tokens. */
export interface ClaimNames {
  readonly subject: string;
  readonly role: string;
  readonly access: string;
  readonly stations: string;
  readonly areas: string;
  readonly counties: string;
  readonly driverId: string;
  readonly carrierId: string;
  readonly enterpriseId: string;
}

/** An OpenID Connect provider whose tokens are taken. */
export interface ProviderSettings {
  /** As it stands in the tokens, such as `https://login.example.org/realms/yizhan`. */
  readonly issuer: string;
  readonly audience: string;
  /** Those of signatures by key pairs only: a shared secret would let every verifier sign. */
  readonly algorithms: readonly string[];
  readonly claims: ClaimNames;
  /** What stands before our roles, where the claim lists other roles too. */
  readonly rolePrefix: string;
}

export const usualClaims: ClaimNames = {
  subject: 'sub',
  role: 'role',
  access: 'access',
  stations: 'stations',
  areas: 'areas',
  counties: 'counties',
  driverId: 'driverId',
  carrierId: 'carrierId',
  enterpriseId: 'enterpriseId',
};

/** Algorithms that may be configured. */
export const providerAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

/** Every variable about an OpenID Connect provider; `--help` prints this. */
export const providerVariables = {
  YIZHAN_OIDC_ISSUER:
    'OpenID Connect provider whose tokens are taken, as they name it: https://…; its keys come by discovery',
  YIZHAN_OIDC_AUDIENCE: 'for whom its tokens must be (default yizhan)',
  YIZHAN_OIDC_ALGORITHMS: 'how they may be signed, with commas between (default RS256)',
  YIZHAN_OIDC_CLAIMS:
    'where our claims lie in them, such as subject=preferred_username,role=realm_access.roles (default: under our names)',
  YIZHAN_OIDC_ROLE_PREFIX: 'what stands before our roles there, such as yizhan- (default nothing)',
} as const;

/** What the environment says of a provider; undefined where it names none. @throws Fault that names the variable. */
export function readProviderSettings(environment: Environment): ProviderSettings | undefined {
  const text = (name: keyof typeof providerVariables): string => environment[name]?.trim() ?? '';
  const issuer = text('YIZHAN_OIDC_ISSUER');
  if (issuer === '') return undefined;
  return {
    issuer: readIssuer(issuer),
    audience: text('YIZHAN_OIDC_AUDIENCE') || 'yizhan',
    algorithms: readAlgorithms(text('YIZHAN_OIDC_ALGORITHMS') || 'RS256'),
    claims: readClaimNames(text('YIZHAN_OIDC_CLAIMS')),
    rolePrefix: text('YIZHAN_OIDC_ROLE_PREFIX'),
  };
}

const isLoopback = (hostname: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** Whoever stands between us and a provider without TLS could sign for everybody. */
function readIssuer(text: string): string {
  if (!URL.canParse(text))
    throw badInput(`YIZHAN_OIDC_ISSUER: ${text} is no address`, 'Give it as its tokens have it.');
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return text;
  throw badInput(`YIZHAN_OIDC_ISSUER: ${text} is not reached by TLS`, 'Give an address that begins with https://.');
}

function readAlgorithms(text: string): string[] {
  const listed = text.split(',').map((each) => each.trim());
  const foreign = listed.find((each) => !providerAlgorithms.includes(each));
  if (foreign === undefined) return listed;
  throw badInput(
    `YIZHAN_OIDC_ALGORITHMS: ${foreign} is none that is taken`,
    `Give some of ${providerAlgorithms.join(', ')}.`,
  );
}

function readClaimNames(text: string): ClaimNames {
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const wrong = pairs.find(
    ([ours = '', theirs = '', ...others]) => !(ours in usualClaims) || !theirs || others.length > 0,
  );
  if (wrong) {
    throw badInput(
      `YIZHAN_OIDC_CLAIMS: ${wrong.join('=')} says nothing`,
      `Write claim=name with commas between; claims are ${Object.keys(usualClaims).join(', ')}.`,
    );
  }
  return { ...usualClaims, ...Object.fromEntries(pairs) };
}
