import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { Opened, PlanState } from './plan.js';
import type { PlanTemplate } from './plan-template.js';

export interface LockedPlan {
  readonly areaCode: string;
  readonly state: PlanState;
  readonly templateVersion: number;
  readonly template: PlanTemplate;
  readonly activatedAt: number | null;
  readonly opened: Opened | null;
}

/** Locks the plan, with the newest of its templates. @throws Problem `not_found`. */
export async function lockPlan(tx: Transaction, planId: string): Promise<LockedPlan> {
  const [plan] = await tx.rows<LockedPlan>(lock, [planId]);
  if (!plan) throw planNotFound(planId);
  return plan;
}

export function planNotFound(planId: string): Problem {
  return new Problem('not_found', 'PLAN.NOT_FOUND', `no plan ${planId}`, { planId });
}

const lock = `
  SELECT p.area_code AS "areaCode", p.state, p.template_version AS "templateVersion", t.template,
         p.activated_at AS "activatedAt", p.opened
  FROM station.plans p
  JOIN station.plan_templates t ON t.plan_id = p.plan_id AND t.template_version = p.template_version
  WHERE p.plan_id = $1 FOR UPDATE OF p`;
