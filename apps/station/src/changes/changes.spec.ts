import type { Outbox } from '@yizhan/event-log';
import { ManualClock, Problem, SeededIds } from '@yizhan/kernel';
import type { Database, Transaction } from '@yizhan/persistence';
import { Changes } from './changes.js';

const request = { key: 'k', caller: 'operator:test', hash: 'same' };
const refused = new Problem('illegal_state', 'HANDOFF.ILLEGAL_STEP', 'the handoff is accepted');

const digest = (text: string, use: string) => `${use} ${text}`;

/** A claim that read just before the same key committed, and got the lock just after it. */
function changesBeside(stored: { hash: string; answer: unknown } | undefined): Changes {
  const tx = { rows: () => Promise.resolve([{ mine: true, stored: null }]) } as unknown as Transaction;
  const database = {
    transaction: (work: (tx: Transaction) => Promise<unknown>) => work(tx),
    rows: () => Promise.resolve(stored ? [stored] : []),
  } as unknown as Database;
  return new Changes(database, {} as Outbox, new ManualClock(0), new SeededIds('test'), { digest });
}

const askBeside = (stored?: { hash: string; answer: unknown }) =>
  changesBeside(stored).once(request, () => Promise.reject(refused));

test('a request that meets what it has done itself gets its answer', async () => {
  expect(await askBeside({ hash: digest('same', 'request'), answer: { state: 'accepted' } })).toEqual({
    state: 'accepted',
  });
});

test('one that meets what another with its key has done is refused for the key', async () => {
  await expect(askBeside({ hash: digest('other', 'request'), answer: {} })).rejects.toMatchObject({
    code: 'REQUEST.KEY_REUSED',
  });
});

test('one that is first is refused for what it asks', async () => {
  await expect(askBeside()).rejects.toBe(refused);
});
