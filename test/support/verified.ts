import type { VerifyReport } from '../../apps/yizhan/src/verify/verify-report.js';
import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import type { RunningStation } from './start-station.js';

/** What the checker says of the whole log so far. */
export async function verified({ drain, ports }: Pick<RunningStation, 'drain' | 'ports'>): Promise<VerifyReport> {
  await drain();
  const entries = await ports.reader.documentsAfter(0, 1_000_000);
  async function* lines() {
    for (const { document } of entries) yield document;
  }
  const report = await verifyExport(lines());
  expect(report.events).toBe(entries.length);
  return report;
}

/** By rule, the first violation of each rule that the log so far does not keep; 0 is the form. */
export async function brokenRules(
  station: Pick<RunningStation, 'drain' | 'ports'>,
): Promise<Readonly<Record<number, string>>> {
  const { form, rules } = await verified(station);
  const broken = [form, ...rules].filter(({ violations }) => violations > 0);
  return Object.fromEntries(broken.map(({ rule, first }) => [rule, first?.message ?? '']));
}
