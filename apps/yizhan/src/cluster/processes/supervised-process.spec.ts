import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SupervisedProcess } from './supervised-process.js';

interface Ready {
  readonly address: string;
}

let folder: string;
let told: string[];
let supervised: SupervisedProcess<Ready>;

/** A program that does this when it is started. */
function program(text: string, args: readonly string[] = []): SupervisedProcess<Ready> {
  const script = join(folder, 'program.mjs');
  writeFileSync(script, text);
  return new SupervisedProcess<Ready>({
    name: 'station-1',
    script,
    args,
    environment: { ...process.env, MARK: 'from outside' },
    readReady: (line) => (line.startsWith('{"ready":true') ? (JSON.parse(line) as Ready) : undefined),
    tell: (line) => told.push(line),
  });
}

const saysReady = `console.log(JSON.stringify({ ready: true, address: 'http://127.0.0.1:' + process.pid }));`;
const staysUntilTold = `
  setInterval(() => undefined, 1000);
  process.on('SIGTERM', () => { console.error('finishing'); setTimeout(() => process.exit(0), 100); });
  ${saysReady}`;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-supervised-'));
  told = [];
});

afterEach(async () => {
  await supervised.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('is ready when it says so, passes its lines on with its name, and gives it its environment and no more', async () => {
  supervised = program(`console.log('starting'); console.error(process.env.MARK); ${staysUntilTold}`);
  const { address } = await supervised.start();
  expect(address).toBe(`http://127.0.0.1:${supervised.pid}`);
  expect(supervised.ready).toEqual({ ready: true, address });
  await supervised.stop();
  expect(told).toContain('station-1: starting');
  expect(told).toContain('station-1: from outside');
});

it('lets it finish when it is told to stop, and does not start it again', async () => {
  supervised = program(staysUntilTold);
  await supervised.start();
  const exited = once(supervised, 'exit');
  const stopping = supervised.stop();
  expect(supervised.ready).toBeUndefined();
  await stopping;
  expect(await exited).toEqual([{ code: 0, signal: null }]);
  await pause(600);
  expect([supervised.pid, supervised.restarts]).toEqual([undefined, 0]);
  expect(told).toEqual(['station-1: finishing']);
});

it('starts it again when it is killed, waiting longer each time', async () => {
  supervised = program(staysUntilTold);
  await supervised.start();
  for (const wait of [250, 500]) {
    const before = supervised.pid;
    const begun = performance.now();
    supervised.kill('SIGKILL');
    const [ready] = (await once(supervised, 'ready')) as [Ready];
    expect(performance.now() - begun).toBeGreaterThan(wait - 5);
    expect(supervised.pid).not.toBe(before);
    expect(ready.address).toBe(`http://127.0.0.1:${supervised.pid}`);
    expect(told.at(-1)).toBe(
      `station-1: has ended (SIGKILL): starting it again in ${wait} ms`.replace(': has', ' has'),
    );
  }
  expect(supervised.restarts).toBe(2);
});

it('goes on trying where a later start fails', async () => {
  const mark = join(folder, 'mark');
  supervised = program(
    `import { existsSync, writeFileSync } from 'node:fs';
     const [, , mark] = process.argv;
     const starts = ['', '1', '2'].findIndex((each) => !existsSync(mark + each));
     writeFileSync(mark + ['', '1', '2'][starts], '');
     if (starts === 1) process.exit(3);
     ${staysUntilTold}`,
    [mark],
  );
  await supervised.start();
  supervised.kill('SIGKILL');
  await once(supervised, 'ready');
  expect(supervised.restarts).toBe(2);
  expect(told.slice(0, 2)).toEqual([
    'station-1 has ended (SIGKILL): starting it again in 250 ms',
    'station-1 has ended (exit code 3): starting it again in 500 ms',
  ]);
});

it('says that it has not become ready at its first start, after what it has said itself', async () => {
  supervised = program(`console.error('no database'); process.exitCode = 3;`);
  await expect(supervised.start()).rejects.toThrow('station-1 has ended before it was ready (exit code 3)');
  expect(told).toEqual(['station-1: no database']);
  await pause(600);
  expect([supervised.pid, supervised.restarts]).toEqual([undefined, 0]);
});

it('is restarted at once, without counting it among those that ended by themselves', async () => {
  supervised = program(staysUntilTold);
  await supervised.start();
  const before = supervised.pid;
  await supervised.restart();
  expect(supervised.pid).not.toBe(before);
  await pause(600);
  expect([supervised.restarts, told]).toEqual([0, ['station-1: finishing']]);
});

it('stops while it waits for the next start', async () => {
  supervised = program(`${saysReady} setTimeout(() => process.exit(1), 50);`);
  await supervised.start();
  await once(supervised, 'exit');
  await supervised.stop();
  await pause(600);
  expect([supervised.pid, supervised.restarts]).toEqual([undefined, 0]);
});

it('tells the child by its channel that its parent was killed', async () => {
  // A parent that is killed, with a child that ends when its channel closes.
  const child = join(folder, 'child.mjs');
  writeFileSync(child, `process.once('disconnect', () => process.exit(0)); ${staysUntilTold}`);
  const source = join(__dirname, '../../../../../dist/apps/yizhan/src/cluster/processes/supervised-process.js');
  supervised = program(
    `import { SupervisedProcess } from ${JSON.stringify(source)};
     const child = new SupervisedProcess({ name: 'child', script: ${JSON.stringify(child)}, environment: process.env,
       readReady: (line) => JSON.parse(line), tell: (line) => console.error(line) });
     await child.start();
     console.error('child ' + child.pid);
     ${saysReady}`,
  );
  await supervised.start();
  const pid = Number(
    told
      .find((line) => line.includes('child '))
      ?.split(' ')
      .at(-1),
  );
  expect(isRunning(pid)).toBe(true);
  supervised.kill('SIGKILL');
  await supervised.stop();
  const begun = performance.now();
  while (isRunning(pid) && performance.now() - begun < 5_000) await pause(20);
  expect(isRunning(pid)).toBe(false);
});
