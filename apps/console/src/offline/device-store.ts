import { Dexie, type EntityTable } from 'dexie';
import { type LoggedStep, settled, type UploadResult, withGivenIds, withOvertaken } from './logged-step.js';

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

class DeviceStore extends Dexie {
  declare readonly steps: EntityTable<LoggedStep, 'order'>;
  declare readonly leases: EntityTable<Lease, 'name'>;
  declare readonly answers: EntityTable<KeptAnswer, 'hash'>;

  constructor() {
    super('yizhan');
    this.version(1).stores({
      steps: '++order, &requestId, state',
      leases: 'name',
      answers: 'hash, account, updatedAt',
    });
  }
}

/** What lies on this device, and outlives the closing of the tab and of the browser. */
export const device = new DeviceStore();

const keptFor = 24 * 3_600_000;

/** Writes down how steps came out, and what follows from that for those that wait; forgets what was done long ago. */
export function settleSteps(results: readonly UploadResult[]): Promise<void> {
  return device.transaction('rw', device.steps, async () => {
    const now = Date.now();
    const byKey = new Map(results.map((result) => [result.requestId, result]));
    const before = await device.steps.toArray();
    const told = before.map((step) => {
      const result = byKey.get(step.requestId);
      return result && step.state === 'waiting' ? settled(step, result, now) : step;
    });
    const intakes = told.filter(({ step, state }) => step.kind === 'intake' && state === 'done');
    const after = withOvertaken(told).map((each) =>
      each.state === 'waiting' ? { ...each, step: withGivenIds(each.step, intakes) } : each,
    );
    await device.steps.bulkPut(after);
    const old = after.filter(
      ({ state, settledAt }) => (state === 'done' || state === 'overtaken') && (settledAt ?? now) < now - keptFor,
    );
    await device.steps.bulkDelete(old.map(({ order }) => order));
  });
}
