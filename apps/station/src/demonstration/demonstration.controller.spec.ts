import type { Demonstration } from '@yizhan/service-process';
import { DemonstrationController } from './demonstration.controller.js';

const account = { accountId: 'operator-JD', role: 'operator', password: 'secret' } as const;
const playing = { scenario: 'yiwu', speed: 12, isOver: false, accounts: [account] } as unknown as Demonstration;
const accountsFor = (headers: Record<string, string>): unknown =>
  new DemonstrationController({ playing }).read(headers).playing?.accounts;

it.each(['127.0.0.1:7700', 'localhost:7700', '[::1]:7700', 'localhost'])('tells its accounts at %s', (host) => {
  expect(accountsFor({ host })).toEqual([account]);
});

it.each([
  [{ host: 'demo.example' }],
  [{ host: '127.0.0.1.example:7700' }],
  [{ host: '127.0.0.1:7700', 'x-forwarded-for': '203.0.113.9' }],
  [{ host: '127.0.0.1:7700', forwarded: 'for=203.0.113.9' }],
  [{}],
])('tells nobody who may sit elsewhere: %j', (headers: Record<string, string>) => {
  expect(accountsFor(headers)).toEqual([]);
});

it('is nothing where the work is real', () => {
  expect(new DemonstrationController({ playing: undefined }).read({ host: 'localhost' })).toEqual({});
});
