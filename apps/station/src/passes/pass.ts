import type { PolicyRules } from '@yizhan/policy';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';

export type PassState = 'issued' | 'revoked';
export type PassStep = 'amend' | 'revoke';

/** One truck, one pass, one route, and the drivers named on it, or a pool of them. Instants are epoch milliseconds. */
export interface Pass {
  /** County code of six digits and a serial number of six. */
  readonly passId: string;
  readonly areaCode: string;
  readonly plate: string;
  readonly route: string;
  readonly driverIds: readonly string[];
  /** Every driver of this area's pool. */
  readonly poolAreaCode: string | null;
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly state: PassState;
  readonly version: number;
}

export const passTable: TransitionTable<PassState, PassStep> = {
  issued: {
    means: 'The truck may be driven into the zone by whom the pass covers. Set by who issues it.',
    steps: { amend: 'issued', revoke: 'revoked' },
  },
  revoked: { means: 'It covers nobody any more; the truck may get another one. Final.', steps: {} },
};

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function passAfter(pass: Pass, step: PassStep): PassState {
  return takeStep('pass', passTable, pass.state, step);
}

/** Why a handoff cannot start for want of a pass. */
export const passBlocks = ['PASS.MISSING', 'PASS.NOT_COVERING'] as const;
export type PassBlock = (typeof passBlocks)[number];

/** A driver with the pool that he is in. */
export interface PooledDriver {
  readonly driverId: string;
  readonly areaCode: string;
}

/** For how long he drives with the truck. */
export interface DrivenTime {
  readonly from: number;
  readonly until: number;
}

/** Whether the driver may take the truck all the way by this pass. */
export function covers(pass: Pass, { driverId, areaCode }: PooledDriver, { from, until }: DrivenTime): boolean {
  if (pass.state !== 'issued' || from < pass.validFrom || until > (pass.validUntil ?? Infinity)) return false;
  return pass.driverIds.includes(driverId) || pass.poolAreaCode === areaCode;
}

/** What stands in the way of a driver into the zone; a truck that leaves it needs no pass. */
export function passBlockOf(
  rules: Pick<PolicyRules, 'pass'>,
  flow: 'into_zone' | 'out_of_zone',
  pass: Pass | undefined,
  driver: PooledDriver,
  time: DrivenTime,
): PassBlock | null {
  if (flow === 'out_of_zone') return null;
  if (!pass) return rules.pass === 'required' ? 'PASS.MISSING' : null;
  return covers(pass, driver, time) ? null : 'PASS.NOT_COVERING';
}
