import { ManualClock } from '@yizhan/kernel';
import type { Demonstration } from '@yizhan/service-process';
import type { Installation } from '../sessions/installation.js';
import { DemonstrationController } from './demonstration.controller.js';

const account = { accountId: 'operator-JD', role: 'operator', password: 'secret' } as const;
const playing = { scenario: 'yiwu', speed: 12, isOver: false, accounts: [account] } as unknown as Demonstration;
const installation = { id: () => Promise.resolve('here') } as Installation;
const clock = new ManualClock(0);
const nowhere = () => undefined;
const accountsFor = async (headers: Record<string, string>): Promise<unknown> =>
  (await new DemonstrationController({ playing, phonesAt: nowhere }, installation, clock).read(headers)).playing
    ?.accounts;

it.each(['127.0.0.1:7700', 'localhost:7700', '[::1]:7700', 'localhost'])('tells its accounts at %s', async (host) => {
  expect(await accountsFor({ host })).toEqual([account]);
});

it.each([
  [{ host: 'demo.example' }],
  [{ host: '127.0.0.1.example:7700' }],
  [{ host: '127.0.0.1:7700', 'x-forwarded-for': '203.0.113.9' }],
  [{ host: '127.0.0.1:7700', forwarded: 'for=203.0.113.9' }],
  [{}],
])('tells nobody who may sit elsewhere: %j', async (headers: Record<string, string>) => {
  expect(await accountsFor(headers)).toEqual([]);
});

it('says which installation it is and what time it is there, and nothing else, where the work is real', async () => {
  const real = new DemonstrationController({ playing: undefined, phonesAt: nowhere }, installation, clock);
  expect(await real.read({ host: 'localhost' })).toEqual({ installationId: 'here', now: '1970-01-01T00:00:00.000Z' });
});

it('says where phones open it to who has opened it where no phone can, and to nobody else', async () => {
  const lan = 'https://192.168.1.5:7743';
  const real = new DemonstrationController({ playing: undefined, phonesAt: () => lan }, installation, clock);
  expect(await real.read({ host: '127.0.0.1:7700' })).toMatchObject({ phonesAt: lan });
  expect(await real.read({ host: '192.168.1.5:7743' })).not.toHaveProperty('phonesAt');
});
