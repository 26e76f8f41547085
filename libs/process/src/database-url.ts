import type { Connection, TlsSettings } from '@yizhan/persistence';
import { badInput } from './fault.js';
import { readCertificate } from './read-file.js';

const name = 'YIZHAN_DATABASE_URL';
const example = 'Write postgres://user:password@host:port/database';

type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** `allow` and `prefer` are missing on purpose: whoever sits on the wire could have them send in clear text. */
const sslModes: readonly SslMode[] = ['disable', 'require', 'verify-ca', 'verify-full'];
const parameters = ['sslmode', 'sslrootcert'];

/** Reads the URL of a PostgreSQL of somebody else. @throws Fault for whatever in it would not be honoured; never with its password. */
export function readDatabaseUrl(text: string): Connection & { readonly ssl: false | TlsSettings } {
  if (!URL.canParse(text)) throw badInput(`${name} is no URL`, example);
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(text);
  if (!/^postgres(ql)?:$/.test(protocol)) throw badInput(`${name} begins with ${protocol}//, not with postgres://`);
  if (pathname.length < 2) throw badInput(`${name} names no database`, example);
  if (!username) throw badInput(`${name} names no user`, example);
  return {
    // An IPv6 address stands in brackets in a URL.
    host: decoded(hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 5432),
    user: decoded(username),
    password: decoded(password),
    database: decoded(pathname.slice(1)),
    ssl: readTls(searchParams),
  };
}

function readTls(given: URLSearchParams): false | TlsSettings {
  for (const parameter of given.keys()) {
    if (!parameters.includes(parameter)) {
      throw badInput(`${name}: nothing knows the parameter ${parameter}`, `Known are ${parameters.join(' and ')}.`);
    }
    if (given.getAll(parameter).length > 1) throw badInput(`${name} names the parameter ${parameter} twice`);
  }
  const mode = readMode(given.get('sslmode'));
  const file = given.get('sslrootcert');
  if (mode === undefined || mode === 'disable') {
    if (file !== null) throw badInput(`${name}: sslrootcert is for nothing without an sslmode that encrypts`);
    return false;
  }
  const ca = file === null ? {} : { ca: readCertificate(file, `${name}: sslrootcert`) };
  if (mode === 'verify-full') return { rejectUnauthorized: true, ...ca };
  // As with libpq: `require` with a root certificate verifies it.
  if (mode === 'verify-ca' || file !== null)
    return { rejectUnauthorized: true, checkServerIdentity: () => undefined, ...ca };
  return { rejectUnauthorized: false };
}

function readMode(text: string | null): SslMode | undefined {
  if (text === null) return undefined;
  const mode = sslModes.find((each) => each === text);
  if (mode) return mode;
  throw badInput(`${name}: sslmode=${text} is not supported`, `Give one of ${sslModes.join(', ')}.`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badInput(`${name} holds a % that encodes nothing`, 'Write %25 for the sign itself.');
  }
}

/** A URL that `readDatabaseUrl` reads as this connection, for a process of ours on the same machine. Holds the password. */
export function databaseUrlOf({ host, port, user, password, database }: Connection): string {
  // The folder of a socket is written as libpq has it: percent-encoded in the place of the host.
  const place = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${who}@${place}:${port}/${encodeURIComponent(database)}?sslmode=disable`;
}
