import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartedProduct } from '../support/started-product.js';

const page = readFileSync(resolve(__dirname, '../../docs/integrators.md'), 'utf8');

const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

const afterBlock = '\u001e';

jest.setTimeout(240_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('docs/integrators.md', () => {
  let product: StartedProduct;
  let folder: string;

  beforeAll(async () => {
    const [start = ''] = blocksOf('sh');
    const [, name = '', value = '', args = ''] = /^(\w+)=(\S+) npm start -- (.+)\n$/.exec(start) ?? [];
    expect(name).toBe('YIZHAN_WEBHOOK_NETWORKS');
    const data = join(tmpdir(), `yizhan-integrators-${randomUUID()}`);
    product = await StartedProduct.on(data, args.split(' '), { [name]: value });
    folder = mkdtempSync(join(tmpdir(), 'yizhan-connect-'));
    for (const program of blocksOf('js')) {
      const [, file = ''] = /^\/\/ (\w+\.mjs)\n/.exec(program) ?? [];
      writeFileSync(join(folder, file), program);
    }
  });

  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads from the start to a receiver that has its events once', async () => {
    const blocks = blocksOf('bash');
    const ends = `trap '[ -z "$RECEIVER" ] || kill $RECEIVER 2>/dev/null || true' EXIT`;
    const script = ['set -eo pipefail', ends, ...blocks.map((block) => `${block}printf '${afterBlock}'`)].join('\n');
    const environment = { YIZHAN: product.address, CONNECT: folder, PORT: String(await freePort()) };
    const { code, stdout, stderr } = await product.runBash(script, environment);
    const outputs = stdout.split(afterBlock);
    const ended = { blocks: outputs.length - 1, code, said: code === 0 ? '' : `${outputs.at(-1)}\n${stderr}` };
    expect(ended).toEqual({ blocks: blocks.length, code: 0, said: '' });
    const narrowed = outputs[blocks.findIndex((block) => block.includes('--data-urlencode'))];
    expect(narrowed).toContain('"plate":"浙G10001"');
    const said = outputs.join('\n');
    expect(said).toMatch(/^\d+ yizhan\.visit\.announced\.v1 visit\//m);
    expect(said).toContain('"state":"delivered"');
    const handled = readFileSync(join(folder, 'receiver.log'), 'utf8').match(/^handled .*$/gm);
    // The one that was sent twice, once; and the one before the subscription, which was recovered.
    expect(handled).toEqual(['handled yizhan.visit.announced.v1', 'handled yizhan.visit.announced.v1']);
    expect(said).toMatch(/"replayId":.*"left":\d+/);
    expect(said).toContain('"underWay":[]');
  });
});
