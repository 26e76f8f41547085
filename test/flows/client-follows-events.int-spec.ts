import { connect, type EventDocument, followEvents, type FollowSettings, ProblemError } from '@yizhan/client';
import { setTimeout as pause } from 'node:timers/promises';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { type DispatchGround, type DispatchProcess, openDispatchGround } from '../support/start-dispatch.js';
import { tell, until } from '../support/subscribing.js';

const shunfa = { role: 'carrier', carrierId: 'shunfa' } as const;

let ground: DispatchGround;
let dispatch: DispatchProcess;
let proxy: CuttingProxy;
let token: string;

beforeEach(async () => {
  ground = await openDispatchGround();
  dispatch = await ground.start();
  proxy = await CuttingProxy.to(Number(new URL(dispatch.address).port));
  token = await dispatch.token(shunfa);
});
afterEach(async () => {
  await proxy.close();
  expect(dispatch.faults).toEqual([]);
  await ground.close();
});

const mine = (count: number): Promise<void> =>
  tell(ground, count, (index) => (index % 2 === 0 ? { carrierId: 'shunfa' } : {}));

interface Followed {
  readonly events: EventDocument[];
  readonly positions: string[];
  readonly interruptions: unknown[];
  end(): Promise<void>;
}

function follow(wanted: Pick<FollowSettings, 'by' | 'after'> & Partial<FollowSettings>): Followed {
  const stop = new AbortController();
  const [events, positions, interruptions]: [EventDocument[], string[], unknown[]] = [[], [], []];
  const following = (async () => {
    const settings = {
      address: proxy.address,
      token,
      retryAfter: 10,
      signal: stop.signal,
      onPosition: (position: string) => void positions.push(position),
      onInterruption: (error: unknown) => void interruptions.push(error),
      ...wanted,
    };
    for await (const event of followEvents(settings)) events.push(event);
  })();
  // Awaited when it ends; until then nobody else hears of it.
  following.catch((error: unknown) => interruptions.push(error));
  const end = async (): Promise<void> => {
    stop.abort();
    await following;
  };
  return { events, positions, interruptions, end };
}

describe.each(['pull', 'stream'] as const)('who follows events by %s', (by) => {
  it('has each of his own once and in order, however often the connection is cut', async () => {
    await mine(1_400);
    const followed = follow({ by, after: '0' });
    for (let turn = 0; turn < 10; turn += 1) {
      await mine(40);
      await pause(30);
      proxy.cut();
    }
    await until(() => followed.events.length >= 900);
    await followed.end();
    const own = (await ground.log()).filter((document) => document.includes('"carrierid":"shunfa"'));
    expect(followed.events.map((event) => JSON.stringify(event))).toEqual(own);
    expect(followed.interruptions.length + proxy.connections).toBeGreaterThan(2);
  });

  it('goes on from a position that he has kept, also past what is not for him', async () => {
    await mine(10);
    const first = follow({ by, after: '0' });
    await until(() => first.events.length === 5 && first.positions.length > 0);
    await first.end();
    const after = first.positions.at(-1)!;
    const second = follow({ by, after });
    await mine(4);
    await until(() => second.events.length === 2);
    await second.end();
    expect(second.events.map(({ position }) => position)).toEqual(['11', '13']);
  });

  it('is told of what he asks for alone', async () => {
    await mine(3);
    const followed = follow({ by, after: '0', types: ['yizhan.visit.called.v1', 'yizhan.handoff.*'] });
    await pause(150);
    await followed.end();
    expect([followed.events, followed.interruptions]).toEqual([[], []]);
  });

  it('is refused a position that the log has not come to, and a token that is none', async () => {
    for (const [wrong, code] of [
      [{ after: '99' }, 'FEED.AHEAD_OF_LOG'],
      [{ after: '0', token: 'none' }, /^IDENTITY\./],
    ] as const) {
      const settings = { address: proxy.address, token, by, ...wrong };
      const asked = followEvents(settings).next();
      const error: unknown = await asked.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ProblemError);
      expect((error as ProblemError).problem.code).toMatch(code);
    }
  });
});

test('a document is the one that the typed client gives', async () => {
  await mine(1);
  const { events } = await connect(dispatch.address, token).events.list({ query: { after: '0' } });
  const [own] = await ground.log();
  expect(events.map((event) => JSON.stringify(event))).toEqual([own]);
});
