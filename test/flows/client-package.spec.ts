import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');

jest.setTimeout(240_000);

let place: string;
let consumer: string;

/** Packed beside the repository, so that nothing is written into it; unpacked where nothing else is. */
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'yizhan-package-'));
  const client = join(place, 'client');
  cpSync(join(root, 'libs/client'), client, {
    recursive: true,
    filter: (path) => !/\/dist$|\.(int-)?spec\.ts$/.test(path),
  });
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  await run('npm', ['pack', '--pack-destination', place], { cwd: client, shell: process.platform === 'win32' });
  const [packed = ''] = readdirSync(place).filter((name) => name.endsWith('.tgz'));
  consumer = mkdtempSync(join(tmpdir(), 'yizhan-consumer-'));
  const installed = join(consumer, 'node_modules/@yizhan/client');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(place, packed), '--strip-components=1', '-C', installed]);
});
afterAll(() => {
  for (const folder of [place, consumer]) rmSync(folder, { recursive: true, force: true });
});

describe('the packed client', () => {
  it('holds what is built of it, and how to use it', () => {
    const names = readdirSync(join(consumer, 'node_modules/@yizhan/client')).toSorted();
    expect(names).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  });

  it('runs in a folder where nothing else is installed', async () => {
    writeFileSync(
      join(consumer, 'use.mjs'),
      `import * as client from '@yizhan/client';
       const receiver = client.createReceiver({
         secrets: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
         remember: new client.ProcessMemory(),
         handle: async () => undefined,
         yizhan: client.connect('http://127.0.0.1:1', 'token'),
       });
       const refused = await receiver.receive({ headers: {}, body: '{}' }).catch((error) => error);
       console.log(JSON.stringify([Object.keys(client).sort(), refused.fault]));`,
    );
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: consumer });
    const [names, fault] = JSON.parse(stdout) as [string[], string];
    expect(fault).toBe('no_signature');
    expect(names).toEqual(
      expect.arrayContaining(['connect', 'createReceiver', 'followEvents', 'ProblemError', 'verifyWebhook', 'Yizhan']),
    );
  });

  it('has types that a strict program compiles against', async () => {
    writeFileSync(
      join(consumer, 'use.mts'),
      `import { connect, createReceiver, type EventDocument, followEvents, ProcessMemory } from '@yizhan/client';
       const yizhan = connect('http://127.0.0.1:7700', 'token');
       const handle = async (event: EventDocument): Promise<void> => console.log(event.position);
       export const receiver = createReceiver({ secrets: 'whsec_AAAA', remember: new ProcessMemory(), handle, yizhan });
       for await (const event of followEvents({ address: 'http://127.0.0.1:7700', token: 'token', after: '0' })) await handle(event);
       // @ts-expect-error a way that there is not
       followEvents({ address: 'http://127.0.0.1:7700', token: 'token', after: '0', by: 'pigeon' });`,
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      types: [],
    };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const said = await run(process.execPath, [compiler, '-p', '.'], { cwd: consumer }).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
    expect(said).toBe('');
  });
});
