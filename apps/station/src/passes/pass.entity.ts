import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { PassState } from './pass.js';

@Entity('passes')
export class PassRow {
  @PrimaryColumn({ type: 'text', name: 'pass_id' })
  readonly passId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly plate: string;

  @Column({ type: 'text' })
  readonly route: string;

  @Column({ type: 'text', array: true, name: 'driver_ids' })
  readonly driverIds: string[];

  @Column({ type: 'text', name: 'pool_area_code', nullable: true })
  readonly poolAreaCode: string | null;

  @InstantColumn({ name: 'valid_from' })
  readonly validFrom: number;

  @InstantColumn({ name: 'valid_until', nullable: true })
  readonly validUntil: number | null;

  @Column({ type: 'text' })
  readonly state: PassState;

  @Column({ type: 'integer' })
  readonly version: number;
}
