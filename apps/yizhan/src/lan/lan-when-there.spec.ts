import { setTimeout as pause } from 'node:timers/promises';
import { badInput } from '@yizhan/process';
import type { LanServer } from './lan-server.js';
import { LanWhenThere } from './lan-when-there.js';
import { NoNetwork } from './no-network.js';

const noNetwork = () => new NoNetwork('192.168.1.5 is no address of this machine', 'Wait for the router.');
let happened: string[];
const server = { close: () => Promise.resolve(void happened.push('closed')) } as unknown as LanServer;

beforeEach(() => {
  happened = [];
});

/** Fails with these, one after the other, and then opens. */
function openAfter(faults: readonly Error[], takes = 0): Promise<LanWhenThere> {
  const left = [...faults];
  return LanWhenThere.open({
    open: async () => {
      const fault = left.shift();
      await pause(takes);
      if (fault) throw fault;
      return server;
    },
    onOpen: () => happened.push('served'),
    onWait: (why) => happened.push(why),
    every: 5,
  });
}

async function until(count: number): Promise<void> {
  for (let look = 0; look < 400 && happened.length < count; look += 1) await pause(5);
}

it('serves tablets at once where their network is there', async () => {
  const lan = await openAfter([]);
  expect(happened).toEqual(['served']);
  await lan.close();
  expect(happened).toEqual(['served', 'closed']);
});

it('says once why it does not yet, and serves them as soon as the network is there', async () => {
  const lan = await openAfter([noNetwork(), noNetwork(), badInput('two addresses'), noNetwork()]);
  await until(4);
  await pause(30);
  await lan.close();
  const why = noNetwork().message;
  expect(happened).toEqual([why, 'two addresses', why, 'served', 'closed']);
});

it('does not begin without what no waiting mends', async () => {
  await expect(openAfter([badInput('the port is taken')])).rejects.toThrow('the port is taken');
});

it('closes what was being opened when it was told to stop', async () => {
  const lan = await openAfter([noNetwork()], 50);
  await pause(20);
  await lan.close();
  await pause(100);
  expect(happened).toEqual([noNetwork().message, 'served', 'closed']);
});
