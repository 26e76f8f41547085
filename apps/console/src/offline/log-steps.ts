import { ProblemError } from '@yizhan/client';
import { serverNow } from '../live/use-now.js';
import { currentSession } from '../session/current-session.js';
import { askOnline } from './ask-online.js';
import { device, settleSteps } from './device-store.js';
import { isRefused } from './is-refused.js';
import { type LoggedStep, mayAskAtOnce, mayStandFor, withGivenIds } from './logged-step.js';
import { afterReplacing, discarded, placesAfter, withHandoffOf } from './replaced.js';
import { sendSoon } from './keep-sending.js';
import type { About, NewStep } from './step-kinds.js';

/** How a person's steps came out: answered by the service, or kept here until it can be reached. */
export interface Logged {
  readonly isWaiting: boolean;
  readonly steps: readonly LoggedStep[];
}

/** What is to be logged, by one tap. */
export interface ToLog {
  readonly steps: readonly NewStep[];
  readonly about: About;
  /** The keys of the steps, in their order: the same again for the same steps. */
  readonly keys: readonly string[];
  /** The step that they stand for: they have its place and its time. */
  readonly insteadOf?: LoggedStep | undefined;
  /** Whether the form is still there, to say why it is refused. */
  readonly isShown: () => boolean;
}

/** Longer than an answer is waited for. */
const heldFor = 20_000;

/**
 * Keeps steps on this device, and asks the service for them at once where nothing waits before them. Where no answer comes they
 * wait, and are sent with the same keys. @throws ProblemError where the service refuses: then they are kept in the form alone,
 * and here where the form was left; and where what they stand for is not refused any more.
 */
export async function logSteps(toLog: ToLog): Promise<Logged> {
  try {
    const { rows, isFirst } = await keep(toLog);
    return isFirst ? await askForAll(rows, toLog.isShown) : { isWaiting: true, steps: rows };
  } finally {
    // What waits behind a form that has asked itself can go on too.
    sendSoon();
  }
}

async function askForAll(rows: readonly LoggedStep[], isShown: () => boolean): Promise<Logged> {
  const answered: LoggedStep[] = [];
  for (const { order } of rows) {
    const row = await device().steps.get(order);
    if (!row) throw new Error(`step ${order} has left this device`);
    if (row.state === 'done') {
      answered.push(row);
      continue;
    }
    try {
      await device().steps.update(order, { heldUntil: Date.now() + heldFor });
      const answer = (await askOnline(row.step, row.requestId, row.account)) as LoggedStep['answer'];
      await settleSteps([{ requestId: row.requestId, status: 'done', ...(answer && { answer }) }]);
      answered.push((await device().steps.get(order)) ?? row);
    } catch (error) {
      const left = rows.filter((each) => each.order >= order).map((each) => each.order);
      if (isRefused(error) && isShown()) {
        await device().steps.bulkDelete(left);
        throw error;
      }
      // Nobody sees the form any more: a person finds here what was refused, and what waits behind it.
      if (isRefused(error)) {
        await settleSteps([{ requestId: row.requestId, status: 'refused', problem: { ...error.problem } }]);
      }
      await device()
        .steps.where('order')
        .anyOf(left)
        .modify((each) => delete (each as { heldUntil?: number }).heldUntil);
      if (isRefused(error)) throw error;
      return { isWaiting: true, steps: rows };
    }
  }
  return { isWaiting: false, steps: answered };
}

/** Writes them down before anything is asked. */
function keep({ steps, about, keys, insteadOf }: ToLog): Promise<{ rows: LoggedStep[]; isFirst: boolean }> {
  return device().transaction('rw', device().steps, async () => {
    const known = await device().steps.toArray();
    const account = currentSession.accountId ?? '';
    const intakes = known.filter(({ step, state }) => step.kind === 'intake' && state === 'done');
    const old = insteadOf && known.find(({ order }) => order === insteadOf.order);
    const isKnown = known.some(({ requestId }) => requestId === keys[0]);
    const mayReplace = old !== undefined && mayStandFor(old, Date.now());
    if (insteadOf && !isKnown && !mayReplace) throw notRefusedAnyMore();
    const isFirst = insteadOf === undefined && mayAskAtOnce(known, about.plate, account, Date.now());
    const places = old && placesAfter(known, old, steps.length);
    const time = insteadOf?.time ?? new Date(serverNow()).toISOString();
    const rows: LoggedStep[] = [];
    for (const [index, step] of steps.entries()) {
      // A form of several steps that is sent again finds here what was done before.
      const before = known.find(({ requestId }) => requestId === keys[index]);
      if (before) {
        rows.push(before);
        continue;
      }
      const row = {
        requestId: keys[index] ?? '',
        step: withGivenIds(withHandoffOf(step, old?.step), intakes),
        about,
        time,
        loggedAt: Date.now(),
        account,
        state: 'waiting' as const,
        ...(isFirst && { heldUntil: Date.now() + heldFor }),
        ...(step.kind === 'queue' && { provisionalNo: nextProvisionalNo(known) }),
        ...(places && { order: places[index] ?? Number.NaN }),
      };
      const order = await device().steps.add(row);
      rows.push({ ...row, order });
    }
    if (old && mayReplace) {
      await device().steps.put(discarded(old, 'replaced', Date.now()));
      await device().steps.bulkPut([...afterReplacing(known, old, steps, Date.now())]);
    }
    return { rows, isFirst };
  });
}

/** It was sent again, entered anew or left, in another tab. */
const notRefusedAnyMore = (): ProblemError =>
  new ProblemError(
    {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'OFFLINE.NOT_REFUSED',
      detail: 'the step that was to be entered anew is not refused any more',
      instance: '',
      requestId: '',
    },
    'to enter a step anew',
  );

/** Marked by its letter: the service gives other ones. */
function nextProvisionalNo(known: readonly LoggedStep[]): string {
  const last = Math.max(0, ...known.map(({ provisionalNo = 'L0' }) => Number(provisionalNo.slice(1))));
  return `L${String((last % 999) + 1).padStart(3, '0')}`;
}
