import { Dexie, type EntityTable } from 'dexie';
import { forgetServerTime } from '../live/use-now.js';
import type { KeptPhoto, KeptPicture } from '../photos/photo.js';
import { currentSession } from '../session/current-session.js';
import {
  isAnsweredBy,
  type LoggedStep,
  settled,
  type UploadResult,
  withGivenIds,
  withOvertaken,
} from './logged-step.js';

/** Who sends, where the browser has no locks. */
interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Epoch milliseconds of this device. */
  readonly until: number;
}

/** What the service has said last, for when it cannot be reached. */
export interface KeptAnswer {
  readonly hash: string;
  readonly queryKey: readonly unknown[];
  readonly data: unknown;
  /** Epoch milliseconds of this device. */
  readonly updatedAt: number;
  readonly account: string;
}

/** What somebody is entering into a form, until it is logged. */
export interface KeptDraft {
  readonly id: string;
  readonly content: object;
  /** The page that has written it: one of this device's tabs, for as long as that is open. */
  readonly by?: string;
  /** Epoch milliseconds of this device. */
  readonly updatedAt: number;
}

class DeviceStore extends Dexie {
  declare readonly steps: EntityTable<LoggedStep, 'order'>;
  declare readonly leases: EntityTable<Lease, 'name'>;
  declare readonly answers: EntityTable<KeptAnswer, 'hash'>;
  declare readonly photos: EntityTable<KeptPhoto, 'id'>;
  declare readonly pictures: EntityTable<KeptPicture, 'id'>;
  declare readonly drafts: EntityTable<KeptDraft, 'id'>;

  constructor(name: string) {
    super(name);
    this.version(1).stores({
      steps: '++order, &requestId, state',
      leases: 'name',
      answers: 'hash, account, updatedAt',
    });
    this.version(2).stores({ photos: 'id', pictures: 'id' });
    this.version(3).stores({ drafts: 'id, updatedAt' });
  }
}

const firstPlace = 'yizhan.first-installation';

/** What lay here before there were such ids is of the first one. */
function nameFor(installationId: string | undefined): string {
  if (installationId === undefined) return 'yizhan';
  const first = localStorage.getItem(firstPlace) ?? installationId;
  localStorage.setItem(firstPlace, first);
  return first === installationId ? 'yizhan' : `yizhan-${installationId}`;
}

let opened: DeviceStore | undefined;

/**
 * What lies on this device, and outlives the closing of the tab and of the browser: of the installation at which somebody is
 * signed in, and of no other one that this address has led to. A page has one for as long as it is open.
 */
export const device = (): DeviceStore => (opened ??= new DeviceStore(nameFor(currentSession.installationId)));

currentSession.subscribe(() => {
  if (!opened || currentSession.state === 'nobody' || nameFor(currentSession.installationId) === opened.name) return;
  // What is under way here belongs to the other one, and ends with the page.
  forgetServerTime();
  location.reload();
});

/** What was read at other installations is not kept here, nor a store of theirs in which nothing is left to be sent, settled or finished. */
export async function forgetOtherInstallations(): Promise<void> {
  const others = (await Dexie.getDatabaseNames()).filter((name) => /^yizhan\b/.test(name) && name !== device().name);
  for (const name of others) {
    const other = new DeviceStore(name);
    await other.answers.clear();
    await forgetOldDrafts(other);
    const left = await other.steps.where('state').anyOf('waiting', 'refused').count();
    if (left + (await other.photos.count()) + (await other.drafts.count()) === 0) await other.delete();
    else other.close();
  }
}

/** A swap lasts an hour, and a truck waits some days at most. */
const draftsKeptFor = 7 * 24 * 3_600_000;

/** What nobody has gone on with. */
export async function forgetOldDrafts({ drafts }: DeviceStore = device()): Promise<void> {
  const since = Date.now() - draftsKeptFor;
  await drafts.where('updatedAt').below(since).delete();
}

const keptFor = 24 * 3_600_000;

/** Writes down how steps came out, and what follows from that for those that wait; forgets what was done long ago. */
export function settleSteps(results: readonly UploadResult[]): Promise<void> {
  return device().transaction('rw', device().steps, async () => {
    const now = Date.now();
    const byKey = new Map(results.map((result) => [result.requestId, result]));
    const before = await device().steps.toArray();
    const told = before.map((step) => {
      const result = byKey.get(step.requestId);
      return result && isAnsweredBy(step, result) ? settled(step, result, now) : step;
    });
    const intakes = told.filter(({ step, state }) => step.kind === 'intake' && state === 'done');
    const after = withOvertaken(told).map((each) =>
      each.state === 'waiting' ? { ...each, step: withGivenIds(each.step, intakes) } : each,
    );
    await device().steps.bulkPut(after);
    const old = after.filter(
      ({ state, settledAt }) => (state === 'done' || state === 'overtaken') && (settledAt ?? now) < now - keptFor,
    );
    await device().steps.bulkDelete(old.map(({ order }) => order));
  });
}
