import type { Demonstration } from '@yizhan/service-process';
import type { Installation } from '../sessions/installation.js';
import { DemonstrationController } from './demonstration.controller.js';

const account = { accountId: 'operator-JD', role: 'operator', password: 'secret' } as const;
const playing = { scenario: 'yiwu', speed: 12, isOver: false, accounts: [account] } as unknown as Demonstration;
const installation = { id: () => Promise.resolve('here') } as Installation;
const accountsFor = async (headers: Record<string, string>): Promise<unknown> =>
  (await new DemonstrationController({ playing }, installation).read(headers)).playing?.accounts;

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

it('says which installation it is, and nothing else, where the work is real', async () => {
  const real = new DemonstrationController({ playing: undefined }, installation);
  expect(await real.read({ host: 'localhost' })).toEqual({ installationId: 'here' });
});
