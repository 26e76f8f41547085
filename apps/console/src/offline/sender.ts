import type { OfflineRecordField } from '@yizhan/client';
import { liveQuery } from 'dexie';
import { newId } from '../api/new-id.js';
import { asking, yizhanOf } from '../api/yizhan.js';
import { serverNow } from '../live/use-now.js';
import { currentSession } from '../session/current-session.js';
import { alone } from './alone.js';
import { device, settleSteps } from './device-store.js';
import { beat } from './heartbeat.js';
import { keepSending, sendSoon } from './keep-sending.js';
import { type LoggedStep, nextUpload } from './logged-step.js';
import { sendInParts } from './upload-parts.js';

const deviceId = 'yizhan.device';
/** An upload that has no answer by then is sent again, milliseconds. */
const patience = 60_000;

/** Sends what waits on this device whenever the service can be reached, until it is told to stop; one tab does it for all. */
export function startSending(onSettled: () => void): () => void {
  const stop = new AbortController();
  const look = (): void => sendSoon();
  addEventListener('online', look);
  const unsubscribe = currentSession.subscribe(look);
  // Another tab has logged something.
  const watching = liveQuery(() => device().steps.where('state').equals('waiting').count()).subscribe(look);
  void alone('yizhan.outbox', stop.signal, () => keepSending(sendNext, onSettled, stop.signal)).catch(
    (error: unknown) => {
      if (!stop.signal.aborted) throw error;
    },
  );
  return () => {
    removeEventListener('online', look);
    unsubscribe();
    watching.unsubscribe();
    stop.abort();
  };
}

/** @returns whether something was answered. */
async function sendNext(stop: AbortSignal): Promise<boolean> {
  const account = currentSession.accountId;
  if (account === undefined) return false;
  if ((await uploadOf(account)).length === 0) {
    await beat(account, stop);
    // Facts do not wait for photos, which come after them.
    if ((await device().photos.count()) === 0) return false;
    return (await import('../photos/send-photos.js')).sendNextPhoto(account, stop);
  }
  // Who has to sign in again first takes as long as he takes; what waits may be another thing then.
  await currentSession.token(account);
  const steps = await uploadOf(account);
  if (steps.length === 0 || stop.aborted) return false;
  const ask = async (some: readonly LoggedStep[]) => (await asking(() => upload(some, account, stop))).results;
  await settleSteps(await sendInParts(steps, ask));
  return true;
}

const uploadOf = async (account: string): Promise<readonly LoggedStep[]> =>
  nextUpload(await device().steps.toArray(), account, Date.now());

function upload(steps: readonly LoggedStep[], account: string, stop: AbortSignal) {
  const latest = steps.reduce((last, { time }) => Math.max(last, Date.parse(time)), serverNow());
  return yizhanOf(account).offlineRecords.upload({
    body: { tabletId: idOfDevice(), tabletTime: new Date(latest).toISOString(), records: steps.map(recordOf) },
    signal: AbortSignal.any([AbortSignal.timeout(patience), stop]),
  });
}

function recordOf({ requestId, time, step: { kind, id, partId, body } }: LoggedStep): OfflineRecordField {
  return {
    requestId,
    kind,
    time,
    ...(id !== undefined && { id }),
    ...(partId !== undefined && { partId }),
    ...(body !== undefined && { body }),
  };
}

function idOfDevice(): string {
  const known = localStorage.getItem(deviceId);
  if (known !== null) return known;
  const made = newId();
  localStorage.setItem(deviceId, made);
  return made;
}
