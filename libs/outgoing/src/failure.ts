import { NoAddress } from './addresses/resolve-host.js';
import { RefusedAddress } from './addresses/safe-connector.js';

/** Why an endpoint has not taken a message, as a closed list: what readers translate. */
export const failureCodes = [
  'status',
  'redirected',
  'no_answer',
  'answer_unfinished',
  'answer_head_too_long',
  'challenge_not_answered',
  'no_address',
  'address_refused',
  'connection_refused',
  'connection_reset',
  'connection_closed',
  'connect_timeout',
  'unreachable',
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_self_signed',
  'certificate_unknown_issuer',
  'certificate_wrong_name',
  'certificate_refused',
  'tls_failed',
  'going_down',
  'other',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  readonly code: FailureCode;
  /** In English, where nobody translates the code. */
  readonly words: string;
}

/** By the code that Node.js, OpenSSL or undici gives; without words of ours theirs are told. */
const known: Readonly<Record<string, readonly [code: FailureCode, words?: string]>> = {
  ECONNREFUSED: ['connection_refused', 'the connection was refused'],
  ECONNRESET: ['connection_reset', 'the connection was reset'],
  ENOTFOUND: ['no_address', 'its name has no address'],
  EAI_AGAIN: ['no_address', 'no name server says what its address is'],
  EHOSTUNREACH: ['unreachable', 'there is no way to its host'],
  ENETUNREACH: ['unreachable', 'there is no way to its network'],
  EPIPE: ['connection_closed', 'the connection was closed while the message was sent'],
  ETIMEDOUT: ['connect_timeout', 'no connection came about in time'],
  UND_ERR_CONNECT_TIMEOUT: ['connect_timeout', 'no connection came about in time'],
  UND_ERR_SOCKET: ['connection_closed', 'the connection was closed before the answer was whole'],
  UND_ERR_HEADERS_OVERFLOW: ['answer_head_too_long', 'the head of its answer is too long'],
  UND_ERR_DESTROYED: ['going_down', 'this process is going down'],
  CERT_HAS_EXPIRED: ['certificate_expired'],
  CERT_NOT_YET_VALID: ['certificate_not_yet_valid'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['certificate_self_signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['certificate_self_signed'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['certificate_unknown_issuer'],
  UNABLE_TO_GET_ISSUER_CERT: ['certificate_unknown_issuer'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['certificate_unknown_issuer'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['certificate_wrong_name'],
  EPROTO: ['tls_failed'],
};

/** What kept a message from an endpoint, from whatever was thrown. */
export function failureOf(error: unknown): Failure {
  const { code = '', message = String(error) } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Partial<NodeJS.ErrnoException>;
  if (error instanceof RefusedAddress) return { code: 'address_refused', words: message };
  if (error instanceof NoAddress) return { code: 'no_address', words: message };
  const [failure, words] = known[code] ?? [familyOf(code)];
  return { code: failure, words: words ?? message };
}

function familyOf(code: string): FailureCode {
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls_failed';
  return code.includes('CERT') || code.includes('CRL') ? 'certificate_refused' : 'other';
}

export function failureOfStatus(status: number): Failure {
  return status >= 300 && status < 400
    ? { code: 'redirected', words: `it answered ${status}, and redirects are not followed` }
    : { code: 'status', words: `it answered ${status}` };
}
