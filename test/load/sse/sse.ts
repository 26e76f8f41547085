import { TokenSigner } from '@yizhan/identity';
import { setTimeout as pause } from 'node:timers/promises';
import { LoadGround } from '../dispatch/ground.js';
import { Child } from '../ground/child.js';
import { printResult, ratioOf, rounded, tell } from '../ground/figures.js';

export interface SseOptions {
  readonly rounds: number;
  readonly clients: number;
  readonly bursts: number;
  readonly data?: string | undefined;
}

/** At least 0.9 times as many frames a second: a frame takes at most this many times as long. */
const goal = 1 / 0.9;
const eventsOfBurst = 20;
/** Streams of one caller: the product lets him have 100. */
const clientsOfToken = 50;
const hour = 3_600;

interface Round {
  readonly seconds: number;
  /** Of the server's process, milliseconds. */
  readonly cpu: number;
}

/** Events to thousands of clients of the live stream, against a bare loop that writes the same frames. */
export async function runSse({ rounds, clients, bursts, data }: SseOptions): Promise<void> {
  const ground = await LoadGround.open(data);
  const bare = await Child.start(new URL('./bare.js', import.meta.url));
  const crowd = await Child.start(new URL('./clients.js', import.meta.url));
  try {
    const signer = await TokenSigner.of(ground.key);
    const tokens = await Promise.all(
      Array.from({ length: Math.ceil(clients / clientsOfToken) }, (_none, index) =>
        signer.sign({ sub: `administrator:bench-${index}`, role: 'administrator' }, hour),
      ),
    );
    const bareAddress = await bare.ask<string>('open', { connection: ground.connection });
    const round = async (server: Child, url: string, send: (after: number) => Promise<unknown>): Promise<Round> => {
      await crowd.ask('open', { url, count: clients, tokens });
      let milliseconds = 0;
      const before = await server.ask<{ cpu: number }>('usage');
      for (let burst = 0; burst < bursts; burst += 1) {
        const after = await ground.head();
        const arrived = crowd.ask('frames', { count: clients * eventsOfBurst * (burst + 1) });
        const begun = performance.now();
        await ground.write(eventsOfBurst);
        await send(after);
        await arrived;
        milliseconds += performance.now() - begun;
      }
      const { cpu } = await server.ask<{ cpu: number }>('usage');
      await crowd.ask('cut');
      // What it costs to see them go belongs to nobody's frames.
      await pause(settle);
      return { seconds: milliseconds / 1_000, cpu: cpu - before.cpu };
    };
    const product: Round[] = [];
    const peer: Round[] = [];
    const frames = clients * eventsOfBurst * bursts;
    // The first round of each warms up.
    for (let number = 0; number <= rounds; number += 1) {
      const bareRound = await round(bare, bareAddress, (after) => bare.ask('send', { after, limit: eventsOfBurst }));
      const stream = `${ground.address}/api/v1/events/stream`;
      const productRound = await round(ground.product, stream, () => ground.product.ask('ring'));
      const rates = [bareRound, productRound].map(({ seconds }) => Math.round(frames / seconds));
      tell(`round ${number}: bare ${rates[0]} frames a second, product ${rates[1]}`);
      if (number === 0) continue;
      peer.push(bareRound);
      product.push(productRound);
    }
    report({ clients, bursts, frames }, product, peer);
  } finally {
    await crowd.stop();
    await bare.stop();
    await ground.close();
  }
}

const settle = 1_000;

function report(
  { clients, bursts, frames }: { readonly clients: number; readonly bursts: number; readonly frames: number },
  product: readonly Round[],
  peer: readonly Round[],
): void {
  const seconds = (all: readonly Round[]): number[] => all.map((each) => each.seconds);
  const cpu = (all: readonly Round[]): number[] => all.map((each) => each.cpu);
  const time = ratioOf(seconds(product), seconds(peer), rounded(goal));
  const microseconds = (all: readonly Round[]): number[] => all.map((each) => rounded((each.cpu * 1_000) / frames));
  printResult({
    bench: 'sse',
    clients,
    eventsOfBurst,
    bursts,
    time,
    rate: { ratio: rounded(1 / time.median), worst: rounded(1 / time.worst), goal: 0.9 },
    serverCpu: ratioOf(cpu(product), cpu(peer), rounded(goal)),
    serverCpuMicrosecondsPerFrame: { product: microseconds(product), bare: microseconds(peer) },
    framesPerSecond: {
      product: seconds(product).map((each) => Math.round(frames / each)),
      bare: seconds(peer).map((each) => Math.round(frames / each)),
    },
  });
}
