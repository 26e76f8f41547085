import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Authorisation } from '@yizhan/contracts';
import type { Collected } from '../evidence/collected.js';
import { InstantColumn } from '../network/instant-column.js';
import type { PassBlock } from '../passes/pass.js';
import type { Evidence, HandoffState } from './handoff.js';

@Entity('handoffs')
export class HandoffRow {
  @PrimaryColumn({ type: 'uuid', name: 'handoff_id' })
  readonly handoffId: string;

  @Column({ type: 'uuid', name: 'visit_id' })
  readonly visitId: string;

  @Column({ type: 'text', name: 'station_code' })
  readonly stationCode: string;

  @Column({ type: 'integer', name: 'try_no' })
  readonly tryNo: number;

  @Column({ type: 'text' })
  readonly state: HandoffState;

  @InstantColumn({ name: 'ready_at' })
  readonly readyAt: number;

  @Column({ type: 'text', name: 'driver_id', nullable: true })
  readonly driverId: string | null;

  @Column({ type: 'text', name: 'assigned_by', nullable: true })
  readonly assignedBy: 'scheduler' | 'operator' | null;

  @Column({ type: 'text', name: 'decision_id', nullable: true })
  readonly decisionId: string | null;

  @InstantColumn({ name: 'planned_start_at', nullable: true })
  readonly plannedStartAt: number | null;

  @InstantColumn({ name: 'planned_return_at', nullable: true })
  readonly plannedReturnAt: number | null;

  @Column({ type: 'text', name: 'pass_id', nullable: true })
  readonly passId: string | null;

  @Column({ type: 'text', name: 'pass_block', nullable: true })
  readonly passBlock: PassBlock | null;

  @Column({ type: 'text', name: 'bay_code', nullable: true })
  readonly bayCode: string | null;

  @InstantColumn({ name: 'started_at', nullable: true })
  readonly startedAt: number | null;

  @InstantColumn({ name: 'custody_at', nullable: true })
  readonly custodyAt: number | null;

  @Column({ type: 'jsonb', nullable: true })
  readonly authorisation: Authorisation | null;

  @Column({ type: 'jsonb', nullable: true })
  readonly evidence: Evidence | null;

  @Column({ type: 'jsonb', nullable: true })
  readonly collected: Collected | null;

  @Column({ type: 'text', name: 'abort_reason', nullable: true })
  readonly abortReason: string | null;

  @Column({ type: 'integer' })
  readonly version: number;
}
