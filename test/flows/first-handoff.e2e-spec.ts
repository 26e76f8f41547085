import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartedProduct } from '../support/started-product.js';

const page = readFileSync(resolve(__dirname, '../../docs/first-handoff.md'), 'utf8');

const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

const afterBlock = '\u001e';

jest.setTimeout(240_000);

describe('docs/first-handoff.md', () => {
  let product: StartedProduct;

  beforeAll(async () => {
    const [start = ''] = blocksOf('sh');
    expect(start).toMatch(/^npm start -- \S/);
    product = await StartedProduct.with(...start.trim().split(' ').slice(3));
  });

  afterAll(() => product?.stop());

  it('leads from the start to a truck that has gone in and a log that keeps every rule', async () => {
    const blocks = blocksOf('bash');
    const script = ['set -eo pipefail', ...blocks.map((block) => `${block}printf '${afterBlock}'`)].join('\n');
    const { code, stdout, stderr } = await product.runBash(script, { YIZHAN: product.address });
    const outputs = stdout.split(afterBlock);
    const ended = { blocks: outputs.length - 1, code, said: code === 0 ? '' : `${outputs.at(-1)}\n${stderr}` };
    expect(ended).toEqual({ blocks: blocks.length, code: 0, said: '' });
    expect(outputs.join('\n')).toContain('"state":"departed"');
    expect(outputs.at(-2)).toMatch(/^\d+ events: every rule holds\.$/m);
  });
});
