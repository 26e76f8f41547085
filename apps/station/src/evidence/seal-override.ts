import type { Override, Seal } from '@yizhan/contracts';
import { isAsRecorded, isSameSeal, withSeal } from '../cargo/seal.js';
import type { TruckCase } from '../cases/truck-case.js';
import { approved, type AskedOverride } from '../handoffs/overriding.js';

/**
 * The override without which the seal would end the handoff; undefined where it is as recorded. @throws Problem where it is
 * not, and nobody overrides it or no second person has agreed.
 */
export function sealOverride(
  truckCase: TruckCase,
  seal: Seal | undefined,
  asked: readonly AskedOverride[],
  at: number,
): Override | undefined {
  const { truck, handoff } = truckCase;
  if (!seal || isAsRecorded(truck, seal)) return undefined;
  const before = handoff?.collected;
  if (before?.sealOverride && isSameSeal(before.seal, seal)) return before.sealOverride;
  if (asked.length === 0) withSeal(truck, seal, handoff?.state === 'started' ? 'completion' : 'check');
  const [override] = approved(truckCase, asked, '', at, seal);
  return override;
}
