import { once } from 'node:events';
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { connect, createServer } from 'node:tls';
import { makeCertificate } from '../../../test/support/certificate.js';
import { NoAddress } from './addresses/resolve-host.js';
import { RefusedAddress } from './addresses/safe-connector.js';
import { failureOf, failureOfStatus } from './failure.js';

const coded = (code: string, message = 'as it says') => Object.assign(new Error(message), { code });

it.each([
  [coded('ECONNREFUSED'), 'connection_refused', 'the connection was refused'],
  [coded('ENOTFOUND'), 'no_address', 'its name has no address'],
  [coded('CERT_HAS_EXPIRED', 'certificate has expired'), 'certificate_expired', 'certificate has expired'],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate_wrong_name', 'as it says'],
  [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate_self_signed', 'as it says'],
  [coded('CERT_REVOKED'), 'certificate_refused', 'as it says'],
  [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls_failed', 'as it says'],
  [new NoAddress('a.example has no address'), 'no_address', 'a.example has no address'],
  [new RefusedAddress('10.0.0.1 is private'), 'address_refused', '10.0.0.1 is private'],
  [coded('EWHATEVER'), 'other', 'as it says'],
  ['a text', 'other', 'a text'],
])('%s is %s', (error, code, words) => {
  expect(failureOf(error)).toEqual({ code, words });
});

it('a status is told with its number, and a redirect as one', () => {
  expect(failureOfStatus(503)).toEqual({ code: 'status', words: 'it answered 503' });
  expect(failureOfStatus(302)).toMatchObject({ code: 'redirected' });
});

describe('what Node.js really says', () => {
  const here = 'hooks.example.com';

  /** What comes of a TLS connection to a server with such a certificate, which is trusted as an authority where `isTrusted`. */
  async function failureWith(server: Server, ca?: string): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, servername: here, ...(ca !== undefined && { ca }) });
    const error: unknown = await new Promise((tell) => {
      socket.on('error', tell).on('secureConnect', () => tell('connected'));
    });
    socket.destroy();
    server.close();
    return failureOf(error).code;
  }
  const secure = ({ certificate: cert, key }: ReturnType<typeof makeCertificate>) => createServer({ cert, key });

  it.each([
    ['certificate_expired', here, '210101000000Z', true],
    ['certificate_wrong_name', 'another.example.com', undefined, true],
    ['certificate_self_signed', here, undefined, false],
  ])('of a certificate is told as %s', async (code, name, until, isTrusted) => {
    const made = makeCertificate(name, until);
    expect(await failureWith(secure(made), isTrusted ? made.certificate : undefined)).toBe(code);
  });

  it('of what speaks no TLS is told as that', async () => {
    const plain = createPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await failureWith(plain)).toBe('tls_failed');
  });
});
