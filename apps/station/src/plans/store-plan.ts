import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import type { PlanState } from './plan.js';
import type { PlanTemplate } from './plan-template.js';

export interface StorePlanInput {
  readonly planId: string;
  readonly areaCode: string;
  readonly template: PlanTemplate;
}

export interface PlanAnswer {
  readonly planId: string;
  readonly areaCode: string;
  readonly state: PlanState;
  readonly templateVersion: number;
}

interface Stored {
  readonly areaCode: string;
  readonly state: PlanState;
  readonly templateVersion: number;
}

/** Keeps a template under the name of a plan; each time it is stored again it is a new version. */
@Injectable()
export class StorePlan {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { planId, areaCode, template }: StorePlanInput): Promise<PlanAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await requireArea(tx, areaCode);
      const [stored] = await tx.rows<Stored>(upsertPlan, [planId, areaCode]);
      if (!stored) {
        throw new Problem('conflict', 'PLAN.NOT_STORED', `the plan ${planId} is active, or of another area`, {
          planId,
        });
      }
      const { state, templateVersion } = stored;
      await tx.rows(insertTemplate, [planId, templateVersion, JSON.stringify(template), change.at]);
      return { events: [], answer: { planId, areaCode, state, templateVersion } };
    });
  }
}

const upsertPlan = `
  INSERT INTO station.plans AS p (plan_id, area_code, state, template_version) VALUES ($1, $2, 'draft', 1)
  ON CONFLICT (plan_id) DO UPDATE SET template_version = p.template_version + 1, version = p.version + 1
  WHERE p.state <> 'active' AND p.area_code = EXCLUDED.area_code
  RETURNING area_code AS "areaCode", state, template_version AS "templateVersion"`;

const insertTemplate = `
  INSERT INTO station.plan_templates (plan_id, template_version, template, stored_at)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000))`;
