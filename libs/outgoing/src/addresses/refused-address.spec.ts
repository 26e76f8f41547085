import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '@yizhan/kernel';
import { EndpointClient } from '../endpoint-client.js';
import { readEndpointUrl } from './endpoint-url.js';
import { readNetwork, refusalOf } from './refused-address.js';

/** What a resolver may give, and what is no address to send to. */
const inside = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.1.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::7f00:1',
  '100::1',
  '1::1',
  '2001::1',
  '2001:0:53aa:64c:0:0:80ff:fffe',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '2002:a00:1::',
  '2002:808:808::1',
  '2606:4700::5efe:7f00:1',
  '2606:4700::200:5efe:a00:1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fec0::1',
  'ff02::1',
  // Not as a resolver writes them.
  '127.1',
  '2130706433',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '127.0.0.1.',
  '[::1]',
  'localhost',
  '',
];

const outside = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '223.5.5.5',
  '172.32.0.1',
  '2606:4700:4700::1111',
  '2400:3200::1',
];

test.each(inside)('nothing is sent to %s', (address) => {
  expect(refusalOf(address)).toEqual(expect.any(String));
});

test.each(outside)('%s is for anybody', (address) => {
  expect(refusalOf(address)).toBeUndefined();
});

test('a deployment allows networks of its own, and nothing beside them', () => {
  const allowed = [readNetwork('10.20.0.0/16'), readNetwork('fd00:20::/32')];
  expect(refusalOf('10.20.3.4', allowed)).toBeUndefined();
  expect(refusalOf('fd00:20::7', allowed)).toBeUndefined();
  expect(refusalOf('10.21.0.1', allowed)).toEqual(expect.any(String));
  expect(refusalOf('::ffff:10.20.3.4', allowed)).toEqual(expect.any(String));
  expect(() => readNetwork('10.20.0.1/16')).toThrow('behind its prefix');
});

/** Every way to write an address of this machine that a URL takes, and what else an address of an endpoint must not be. */
const tricks = (port: number): string[] => [
  `https://127.0.0.1:${port}/`,
  `https://127.1:${port}/`,
  `https://127.0.1:${port}/`,
  `https://2130706433:${port}/`,
  `https://0x7f000001:${port}/`,
  `https://0x7f.0x0.0x0.0x1:${port}/`,
  `https://0x7f.1:${port}/`,
  `https://017700000001:${port}/`,
  `https://0177.0.0.1:${port}/`,
  `https://0177.1:${port}/`,
  `https://127.0.0.1.:${port}/`,
  `https://0:${port}/`,
  `https://0.0.0.0:${port}/`,
  `https://１２７.０.０.１:${port}/`,
  `https://①②⑦.⓪.⓪.①:${port}/`,
  `https://127。0。0。1:${port}/`,
  `https://%31%32%37.0.0.1:${port}/`,
  `https://[::1]:${port}/`,
  `https://[::]:${port}/`,
  `https://[0:0:0:0:0:0:0:1]:${port}/`,
  `https://[::ffff:127.0.0.1]:${port}/`,
  `https://[::ffff:7f00:1]:${port}/`,
  `https://[::127.0.0.1]:${port}/`,
  `https://[64:ff9b::7f00:1]:${port}/`,
  `https://[2002:7f00:1::]:${port}/`,
  `https://localhost:${port}/`,
  `https://LOCALHOST:${port}/`,
  `https://localhost.:${port}/`,
  `https://app.localhost:${port}/`,
  `https://printer.local:${port}/`,
  `https://db.internal:${port}/`,
  `https://intranet:${port}/`,
  `https://169.254.169.254/latest/meta-data/`,
  `https://user@example.com:${port}/`,
  `https://user:password@example.com/`,
  `https://example.com@127.0.0.1:${port}/`,
  `https://example.com/#fragment`,
  `https://example.com:22/`,
  `https://example.com:25/`,
  `http://example.com/`,
  `http://127.0.0.1:${port}/`,
  `ftp://example.com/`,
  `file:///etc/passwd`,
  `gopher://127.0.0.1:${port}/`,
  `javascript:alert(1)`,
  `//example.com/`,
  `example.com/hooks`,
  `https://`,
  `https://example.com/${'a'.repeat(2_000)}`,
];

describe('with a server on this machine', () => {
  let sink: Server;
  let connections = 0;
  let port: number;

  beforeAll(async () => {
    sink = createServer((_request, response) => response.end('inside'));
    sink.on('connection', () => (connections += 1));
    await new Promise<void>((done) => void sink.listen(0, '127.0.0.1', done));
    ({ port } = sink.address() as AddressInfo);
  });
  afterAll(() => {
    sink.closeAllConnections();
    sink.close();
  });

  const failureOf = async (url: string, addresses: () => readonly string[], allowed: readonly string[] = []) => {
    const rules = { allowed: allowed.map(readNetwork), resolve: () => Promise.resolve(addresses()) };
    const client = new EndpointClient({ url: new URL(url), rules, connections: 1, within: 5_000 });
    const answer = await client.post({}, '{}');
    await client.close();
    return answer.failure?.words;
  };

  it('no address that leads inside is taken, however it is written', () => {
    for (const url of tricks(port)) {
      expect(() => readEndpointUrl(url, [])).toThrow(Problem);
    }
    expect(tricks(port).length + inside.length).toBeGreaterThan(100);
    expect(readEndpointUrl('https://hooks.example.com/yizhan?of=us', []).href).toBe(
      'https://hooks.example.com/yizhan?of=us',
    );
  });

  it('nothing is connected to by a literal address either, were one to be kept', async () => {
    const before = connections;
    for (const url of tricks(port).filter((each) => /^https?:/.test(each) && URL.canParse(each))) {
      if (/example\.com/.test(new URL(url).hostname)) continue;
      expect([url, await failureOf(url, () => ['127.0.0.1'])]).toEqual([url, expect.any(String)]);
    }
    expect(connections).toBe(before);
  });

  it('nothing is connected to by a name that has such an address', async () => {
    const before = connections;
    for (const address of inside) {
      const failure = await failureOf(`https://hooks.example.com:${port}/`, () => [address]);
      expect([address, failure]).toEqual([address, expect.any(String)]);
    }
    // One among public ones is enough.
    expect(await failureOf(`https://hooks.example.com:${port}/`, () => ['8.8.8.8', '127.0.0.1'])).toContain(
      'does not lead to public addresses alone',
    );
    expect(await failureOf(`https://hooks.example.com:${port}/`, () => [])).toContain('no address');
    expect(connections).toBe(before);
  });

  it('a name is asked for once for each connection, and that answer is what is connected to', async () => {
    const before = connections;
    const answers = ['8.8.8.8', '127.0.0.1'];
    let asked = 0;
    const rebinding = () => [answers[Math.min(asked++, 1)] ?? ''];
    const rules = { allowed: [], resolve: () => Promise.resolve(rebinding()) };
    const url = new URL(`https://rebinding.example.com:${port}/`);
    const client = new EndpointClient({ url, rules, connections: 1, within: 300 });
    await client.post({}, '{}');
    expect(asked).toBe(1);
    // Where the name leads in here is not told.
    expect((await client.post({}, '{}')).failure?.words).toBe(
      'rebinding.example.com does not lead to public addresses alone',
    );
    await client.close();
    expect(connections).toBe(before);
  });

  it('an allowed network is connected to, by http too, and public addresses only by https', async () => {
    const before = connections;
    expect(await failureOf(`http://127.0.0.1:${port}/`, () => [], ['127.0.0.0/8'])).toBeUndefined();
    expect(connections).toBe(before + 1);
    const failure = await failureOf(`http://hooks.example.com:${port}/`, () => ['8.8.8.8'], ['127.0.0.0/8']);
    expect(failure).toContain('without TLS');
  });

  it.each([301, 302, 303, 307, 308])('a redirect inside (%i) is not followed', async (status) => {
    const redirecting = createServer((_request, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((done) => void redirecting.listen(0, '127.0.0.1', done));
    const before = connections;
    const url = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}/`;
    expect(await failureOf(url, () => [], ['127.0.0.0/8'])).toBe(
      `it answered ${status}, and redirects are not followed`,
    );
    expect(connections).toBe(before);
    redirecting.closeAllConnections();
    redirecting.close();
  });
});
