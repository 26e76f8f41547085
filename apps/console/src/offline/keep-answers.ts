import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { currentSession } from '../session/current-session.js';
import { device, forgetOtherInstallations, type KeptAnswer } from './device-store.js';

/** What is read again without a network: who works here, the stations, and what is shown of a station. */
const kept: ReadonlySet<unknown> = new Set(['caller', 'stations', 'station']);
/** Of a board in use a new one comes each second: not each of them is written. */
const writeEvery = 3_000;
const keptFor = 7 * 24 * 3_600_000;
const mostKept = 400;

/** Gives what the service has said last to the pages, as far as they have not asked anew, and keeps what it says from now on. */
export function keepAnswers(client: QueryClient): () => void {
  const account = currentSession.accountId;
  const changed = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const answers = [...changed.values()].flatMap((queryKey) => answerOf(client, queryKey, account) ?? []);
    changed.clear();
    if (answers.length > 0) void device().answers.bulkPut(answers);
  };
  const writeWhenHidden = (): void => {
    if (document.visibilityState === 'hidden') write();
  };
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual === true) return;
    if (!kept.has(event.query.queryKey[0])) return;
    changed.set(event.query.queryHash, event.query.queryKey);
    timer ??= setTimeout(write, writeEvery);
  });
  document.addEventListener('visibilitychange', writeWhenHidden);
  void giveBack(client, account);
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', writeWhenHidden);
    write();
  };
}

/** Of whoever works here still: what somebody has read who has left is not written. */
function answerOf(client: QueryClient, queryKey: QueryKey, account: string | undefined): KeptAnswer | undefined {
  const state = client.getQueryState(queryKey);
  if (state?.data === undefined || account === undefined || account !== currentSession.accountId) return undefined;
  const hash = `${account} ${JSON.stringify(queryKey)}`;
  return { hash, queryKey, data: state.data, updatedAt: state.dataUpdatedAt, account };
}

async function giveBack(client: QueryClient, account: string | undefined): Promise<void> {
  if (account === undefined) return;
  await forgetOtherInstallations();
  await forgetOldOnes();
  const answers = await device().answers.where({ account }).toArray();
  if (currentSession.accountId !== account) return;
  for (const { queryKey, data, updatedAt } of answers) {
    if (client.getQueryData(queryKey) === undefined) client.setQueryData(queryKey, data, { updatedAt });
  }
}

async function forgetOldOnes(): Promise<void> {
  await device()
    .answers.where('updatedAt')
    .below(Date.now() - keptFor)
    .delete();
  const byAge = await device().answers.orderBy('updatedAt').primaryKeys();
  await device().answers.bulkDelete(byAge.slice(0, -mostKept));
}

/** Whoever signs out leaves nothing to read behind; what waits to be sent stays. */
export async function forgetAnswers(): Promise<void> {
  await device().answers.clear();
}
