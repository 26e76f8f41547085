import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { ExceptionCode } from '@yizhan/policy';

@Entity('exceptions')
export class ExceptionRow {
  @PrimaryColumn({ type: 'uuid', name: 'exception_id' })
  readonly exceptionId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly subject: string;

  @Column({ type: 'uuid', name: 'visit_id', nullable: true })
  readonly visitId: string | null;

  @Column({ type: 'uuid', name: 'run_id', nullable: true })
  readonly runId: string | null;

  @Column({ type: 'text', name: 'driver_id', nullable: true })
  readonly driverId: string | null;

  @Column({ type: 'text' })
  readonly code: ExceptionCode;

  @Column({ type: 'text' })
  readonly owner: string;

  @Column({ type: 'text', name: 'station_code', nullable: true })
  readonly stationCode: string | null;

  @Column({ type: 'smallint' })
  readonly level: number;

  @InstantColumn({ name: 'due_at', nullable: true })
  readonly dueAt: number | null;

  @Column({ type: 'text', name: 'person_id', nullable: true })
  readonly personId: string | null;

  @InstantColumn({ name: 'acknowledged_at', nullable: true })
  readonly acknowledgedAt: number | null;

  @Column({ type: 'text', name: 'acknowledged_by', nullable: true })
  readonly acknowledgedBy: string | null;

  @Column({ type: 'text' })
  readonly state: 'open' | 'resolved';

  @InstantColumn({ name: 'opened_at' })
  readonly openedAt: number;

  @InstantColumn({ name: 'resolved_at', nullable: true })
  readonly resolvedAt: number | null;

  @Column({ type: 'text', name: 'resolved_by', nullable: true })
  readonly resolvedBy: string | null;

  @Column({ type: 'text', nullable: true })
  readonly resolution: string | null;
}
