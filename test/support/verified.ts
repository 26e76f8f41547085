import type { YizhanEvent } from '@yizhan/contracts';
import type { VerifyReport } from '../../apps/yizhan/src/verify/verify-report.js';
import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import { faultsOf } from './event-schemas.js';
import type { RunningStation } from './start-station.js';

/** What the checker says of the whole log so far; every event in it must be one that its writer may write. */
export async function verified({ drain, ports }: Pick<RunningStation, 'drain' | 'ports'>): Promise<VerifyReport> {
  await drain();
  const entries = await ports.reader.documentsAfter(0, 1_000_000);
  async function* lines() {
    for (const { document } of entries) yield document;
  }
  const report = await verifyExport(lines());
  expect(report.events).toBe(entries.length);
  expect(faultsIn(entries.map(({ document }) => document))).toEqual([]);
  return report;
}

/** What documents have that the committed schemas of their types do not let a writer write, each fault once. */
export function faultsIn(documents: readonly string[]): string[] {
  const faults = documents.flatMap((text) => {
    const event = JSON.parse(text) as YizhanEvent;
    return faultsOf(event, 'writer').map((fault) => `${event.type}: ${fault}`);
  });
  return [...new Set(faults)];
}

/** By rule, the first violation of each rule that the log so far does not keep; 0 is the form. */
export async function brokenRules(
  station: Pick<RunningStation, 'drain' | 'ports'>,
): Promise<Readonly<Record<number, string>>> {
  const { form, rules } = await verified(station);
  const broken = [form, ...rules].filter(({ violations }) => violations > 0);
  return Object.fromEntries(broken.map(({ rule, first }) => [rule, first?.message ?? '']));
}
