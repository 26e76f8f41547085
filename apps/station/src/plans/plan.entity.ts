import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { OutcomeReport } from './outcome-report.js';
import type { PlanState } from './plan.js';
import type { PlanTemplate } from './plan-template.js';

@Entity('plans')
export class PlanRow {
  @PrimaryColumn({ type: 'text', name: 'plan_id' })
  readonly planId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly state: PlanState;

  @Column({ type: 'integer', name: 'template_version' })
  readonly templateVersion: number;

  @InstantColumn({ name: 'activated_at', nullable: true })
  readonly activatedAt: number | null;

  @InstantColumn({ name: 'ended_at', nullable: true })
  readonly endedAt: number | null;

  @Column({ type: 'jsonb', nullable: true })
  readonly report: OutcomeReport | null;
}

@Entity('plan_templates')
export class PlanTemplateRow {
  @PrimaryColumn({ type: 'text', name: 'plan_id' })
  readonly planId: string;

  @PrimaryColumn({ type: 'integer', name: 'template_version' })
  readonly templateVersion: number;

  @Column({ type: 'jsonb' })
  readonly template: PlanTemplate;
}
