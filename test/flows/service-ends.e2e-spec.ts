import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

jest.setTimeout(60_000);

const lib = resolve(__dirname, '../../dist/libs/service-process/src/index.js');

interface Ended {
  readonly code: number | null;
  readonly said: string;
  /** Milliseconds from its ready line to its end. */
  readonly took: number;
}

/** Runs a program whose body is `start`, with `context` at hand, and lets `onReady` do something to it. */
async function runProgram(start: string, onReady: (kill: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  const script = `
    const { runProgram } = await import(${JSON.stringify(lib)});
    const place = { schema: 'station', role: 'yizhan_station' };
    const start = async (context) => { ${start} };
    await runProgram({ name: 'station', summary: '', isSteppable: false, example: {}, place, start });`;
  const environment = { YIZHAN_DATABASE_URL: 'postgres://yizhan_station@db/yizhan', KAFKA_BROKERS: 'kafka:9092' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let readyAt = Number.NaN;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.once('data', () => {
    readyAt = performance.now();
    onReady((signal) => child.kill(signal));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, took: performance.now() - readyAt };
}

const nothing = (): void => undefined;

it('ends with 1 and says why, where nothing moves any more', async () => {
  const { code, said } = await runProgram(
    `setTimeout(() => context.onDead('the consumer has stopped'), 50);
     return { address: 'http://nowhere', stop: async () => console.error('drained') };`,
    nothing,
  );
  expect(code).toBe(1);
  expect(said).toContain('"level":60');
  expect(said).toContain('the consumer has stopped');
  expect(said).toContain('drained');
});

it('does not wait long for a drain that is of no use any more', async () => {
  const { code, said, took } = await runProgram(
    `setTimeout(() => context.onDead('the consumer has stopped'), 50);
     setInterval(() => {}, 1000);
     return { address: 'http://nowhere', stop: () => new Promise(() => undefined) };`,
    nothing,
  );
  expect(code).toBe(1);
  expect(said).toContain('ended hard');
  expect(took).toBeLessThan(6_000);
});

it('ends with 1 where it has died before it was ready', async () => {
  const { code, said } = await runProgram(
    `context.onDead('dead at birth'); await new Promise((resolve) => setTimeout(resolve, 10_000));`,
    nothing,
  );
  expect(code).toBe(1);
  expect(said).toContain('yizhan-station: dead at birth');
});

it('ends with 0 when it is told to stop, once its drain is over, whatever is still open', async () => {
  const { code, said, took } = await runProgram(
    `setInterval(() => {}, 1000);
     return { address: 'http://nowhere', stop: () => new Promise((resolve) => setTimeout(resolve, 300)) };`,
    (kill) => kill('SIGTERM'),
  );
  expect(code).toBe(0);
  expect(said).toContain('stopping: SIGTERM');
  expect(took).toBeGreaterThanOrEqual(300);
});

it('ends hard at a second signal', async () => {
  const { code, took } = await runProgram(
    `setInterval(() => {}, 1000);
     return { address: 'http://nowhere', stop: () => new Promise(() => undefined) };`,
    (kill) => {
      kill('SIGTERM');
      setTimeout(() => kill('SIGTERM'), 300);
    },
  );
  expect(code).toBe(1);
  expect(took).toBeLessThan(6_000);
});
