import type { ConsignmentFacts, DepartureOutcome, Flow } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CargoHold } from '../cargo/cargo-hold.js';
import { InstantColumn } from '../network/instant-column.js';
import type { LiftedHold, Verdict, VisitState } from './visit.js';

@Entity('visits')
export class VisitRow {
  @PrimaryColumn({ type: 'uuid', name: 'visit_id' })
  readonly visitId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'station_code' })
  readonly stationCode: string;

  @Column({ type: 'text', array: true, name: 'moved_from', nullable: true })
  readonly movedFrom: string[] | null;

  @Column({ type: 'text', name: 'zone_id' })
  readonly zoneId: string;

  @Column({ type: 'text' })
  readonly plate: string;

  @Column({ type: 'text' })
  readonly flow: Flow;

  @Column({ type: 'text', name: 'carrier_id', nullable: true })
  readonly carrierId: string | null;

  @Column({ type: 'text' })
  readonly state: VisitState;

  @Column({ type: 'integer' })
  readonly priority: number;

  @InstantColumn({ name: 'due_at', nullable: true })
  readonly dueAt: number | null;

  @InstantColumn({ name: 'expected_at', nullable: true })
  readonly expectedAt: number | null;

  @InstantColumn({ name: 'arrived_at', nullable: true })
  readonly arrivedAt: number | null;

  @InstantColumn({ name: 'departed_at', nullable: true })
  readonly departedAt: number | null;

  @Column({ type: 'text', nullable: true })
  readonly outcome: DepartureOutcome | null;

  @Column({ type: 'uuid', name: 'run_id', nullable: true })
  readonly runId: string | null;

  @Column({ type: 'jsonb' })
  readonly consignments: ConsignmentFacts[];

  @Column({ type: 'text', name: 'ticket_no', nullable: true })
  readonly ticketNo: string | null;

  @Column({ type: 'text', nullable: true })
  readonly queue: 'outside' | 'inside' | null;

  @InstantColumn({ name: 'queued_at', nullable: true })
  readonly queuedAt: number | null;

  @InstantColumn({ name: 'called_at', nullable: true })
  readonly calledAt: number | null;

  @Column({ type: 'text', name: 'called_bay_code', nullable: true })
  readonly calledBayCode: string | null;

  @Column({ type: 'boolean', nullable: true })
  readonly checked: boolean | null;

  @Column({ type: 'boolean' })
  readonly held: boolean;

  @Column({ type: 'jsonb' })
  readonly holds: readonly CargoHold[];

  @Column({ type: 'text', array: true, name: 'hold_reasons' })
  readonly holdReasons: string[];

  @Column({ type: 'jsonb' })
  readonly verdicts: Verdict[];

  @Column({ type: 'jsonb', name: 'lifted_holds', nullable: true })
  readonly liftedHolds: LiftedHold[] | null;

  @InstantColumn({ name: 'released_at', nullable: true })
  readonly releasedAt: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}
