import type { RunDirection, WaitPlan } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { RunEnd, RunState } from './run.js';

@Entity('runs')
export class RunRow {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' })
  readonly runId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'zone_id', nullable: true })
  readonly zoneId: string | null;

  @Column({ type: 'text' })
  readonly plate: string;

  @Column({ type: 'text' })
  readonly direction: RunDirection;

  @Column({ type: 'text', name: 'driver_id' })
  readonly driverId: string;

  @Column({ type: 'text', name: 'brought_by_driver_id', nullable: true })
  readonly broughtByDriverId: string | null;

  @Column({ type: 'text' })
  readonly state: RunState;

  @Column({ type: 'text', nullable: true })
  readonly how: RunEnd | null;

  @Column({ type: 'uuid', name: 'into_zone_visit_id', nullable: true })
  readonly intoZoneVisitId: string | null;

  @Column({ type: 'uuid', name: 'out_of_zone_visit_id', nullable: true })
  readonly outOfZoneVisitId: string | null;

  @InstantColumn({ name: 'opened_at' })
  readonly openedAt: number;

  @InstantColumn({ name: 'due_back_at', nullable: true })
  readonly dueBackAt: number | null;

  @InstantColumn({ name: 'closed_at', nullable: true })
  readonly closedAt: number | null;

  @InstantColumn({ name: 'overdue_at', nullable: true })
  readonly overdueAt: number | null;

  @Column({ type: 'text', name: 'return_driver_id', nullable: true })
  readonly returnDriverId: string | null;

  @Column({ type: 'text', nullable: true })
  readonly wait: WaitPlan | null;

  @Column({ type: 'integer' })
  readonly version: number;
}
