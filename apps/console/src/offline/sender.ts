import { ProblemError, type OfflineRecordField } from '@yizhan/client';
import { liveQuery } from 'dexie';
import { newId } from '../api/new-id.js';
import { asking, yizhan } from '../api/yizhan.js';
import { serverNow } from '../live/use-now.js';
import { currentSession } from '../session/current-session.js';
import { alone, pause } from './alone.js';
import { device, settleSteps } from './device-store.js';
import { type LoggedStep, nextUpload, type UploadResult } from './logged-step.js';

const deviceId = 'yizhan.device';
/** An upload that has no answer by then is sent again, milliseconds. */
const patience = 60_000;
const idle = 10_000;
/** After the first, second … failure in a row. */
const pauses = [1_000, 2_000, 5_000, 10_000] as const;

let wake = new AbortController();

/** Tells the tab that sends, where it is this one, that there is something new. */
export function sendSoon(): void {
  wake.abort();
}

/** Sends what waits on this device whenever the service can be reached, until it is told to stop; one tab does it for all. */
export function startSending(onSettled: () => void): () => void {
  const stop = new AbortController();
  const look = (): void => sendSoon();
  addEventListener('online', look);
  const unsubscribe = currentSession.subscribe(look);
  // Another tab has logged something.
  const watching = liveQuery(() => device.steps.where('state').equals('waiting').count()).subscribe(look);
  void alone('yizhan.outbox', stop.signal, () => keepSending(onSettled, stop.signal)).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return () => {
    removeEventListener('online', look);
    unsubscribe();
    watching.unsubscribe();
    stop.abort();
  };
}

async function keepSending(onSettled: () => void, stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    wake = new AbortController();
    try {
      const hasSent = await sendNext();
      failures = 0;
      if (hasSent) onSettled();
      else await pause(idle, stop, wake.signal);
    } catch {
      // No network, or the service is away: the page says what waits, and it is tried again.
      const wait = pauses[Math.min(failures, pauses.length - 1)] ?? idle;
      failures += 1;
      await pause(wait, stop, wake.signal);
    }
  }
}

/** @returns whether something was answered. */
async function sendNext(): Promise<boolean> {
  if (currentSession.state === 'nobody' || (await upload()).length === 0) return false;
  // Who has to sign in again first takes as long as he takes; what waits may be another thing then.
  await currentSession.token();
  const steps = await upload();
  if (steps.length === 0) return false;
  await settleSteps(await sent(steps));
  return true;
}

const upload = async (): Promise<readonly LoggedStep[]> =>
  nextUpload(await device.steps.toArray(), currentSession.accountId ?? '', Date.now());

/** @throws where nothing is known of how it came out. */
async function sent(steps: readonly LoggedStep[]): Promise<readonly UploadResult[]> {
  try {
    const { results } = await asking(() => ask(steps));
    return results;
  } catch (error) {
    if (!isRefused(error)) throw error;
    // One of them makes the whole upload unreadable: alone, each is answered for itself.
    const [only, ...others] = steps;
    if (others.length > 0) return await sent(steps.slice(0, Math.ceil(steps.length / 2)));
    return [{ requestId: only?.requestId ?? '', status: 'refused', problem: { ...error.problem } }];
  }
}

function ask(steps: readonly LoggedStep[]) {
  const latest = steps.reduce((last, { time }) => Math.max(last, Date.parse(time)), serverNow());
  return yizhan.offlineRecords.upload({
    body: { tabletId: idOfDevice(), tabletTime: new Date(latest).toISOString(), records: steps.map(recordOf) },
    signal: AbortSignal.timeout(patience),
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

/** The upload itself is wrong, whatever lies in it; not that it has to come again. */
const isRefused = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && [400, 403, 404, 413, 422].includes(error.problem.status);

function idOfDevice(): string {
  const known = localStorage.getItem(deviceId);
  if (known !== null) return known;
  const made = newId();
  localStorage.setItem(deviceId, made);
  return made;
}
