import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { isoFields } from '../cases/iso-fields.js';
import { stepsFrom } from '../cases/transition-table.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { PlanRow, PlanTemplateRow } from './plan.entity.js';
import { planNotFound } from './plan.repository.js';
import { planTable } from './plan.js';
import type { OutcomeReport } from './outcome-report.js';
import type { PlanDetailResponse, PlanResponse, PlansQuery } from './plans.dto.js';

/** Plans as they are shown, to those of their area. */
@Injectable()
export class Plans {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  async list(caller: Caller, query: PlansQuery): Promise<Page<PlanResponse>> {
    const areas = await this.scope.areasOf(caller);
    const { areaCode, state } = query;
    const asked = areaCode === undefined ? areas : [areaCode].filter((code) => areas?.includes(code) ?? true);
    return listRows(this.database, query, {
      of: PlanRow,
      keys: ['planId'],
      where: { areaCode: asked, state },
      item: responseOf,
    });
  }

  /** With the newest template. @throws Problem `not_found`. */
  async read(caller: Caller, planId: string): Promise<PlanDetailResponse> {
    const row = await this.#find(caller, planId);
    const { templateVersion } = row;
    const stored = await this.database.manager.findOneByOrFail(PlanTemplateRow, { planId, templateVersion });
    return Object.assign(responseOf(row), { template: stored.template });
  }

  /** What came of the last activation. @throws Problem `not_found`. */
  async report(caller: Caller, planId: string): Promise<OutcomeReport> {
    const { report } = await this.#find(caller, planId);
    if (report) return report;
    throw new Problem('not_found', 'PLAN.NO_REPORT', `the plan ${planId} has no report: it has not ended`, { planId });
  }

  /** @throws Problem `forbidden` where it is not of one of his areas. */
  async requireOwn(caller: Caller, planId: string): Promise<void> {
    await this.#find(caller, planId);
  }

  async #find(caller: Caller, planId: string): Promise<PlanRow> {
    const row = await this.database.manager.findOneBy(PlanRow, { planId });
    if (!row) throw planNotFound(planId);
    await this.scope.requireArea(caller, row.areaCode);
    return row;
  }
}

function responseOf({ planId, areaCode, state, templateVersion, activatedAt, endedAt }: PlanRow): PlanResponse {
  const allowedSteps = stepsFrom(planTable, state);
  return { planId, areaCode, state, templateVersion, allowedSteps, ...isoFields({ activatedAt, endedAt }) };
}
