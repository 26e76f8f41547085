import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { DutyRole } from '../plans/plan-template.js';

export const dutyStates = ['planned', 'started', 'cancelled'] as const;
export type DutyState = (typeof dutyStates)[number];

@Entity('duties')
export class DutyRow {
  @PrimaryColumn({ type: 'uuid', name: 'duty_id' })
  readonly dutyId: string;

  @Column({ type: 'text', name: 'plan_id', nullable: true })
  readonly planId: string | null;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'station_code' })
  readonly stationCode: string;

  @Column({ type: 'text' })
  readonly role: DutyRole;

  @Column({ type: 'text', name: 'person_id' })
  readonly personId: string;

  @InstantColumn({ name: 'starts_at' })
  readonly startsAt: number;

  @InstantColumn({ name: 'ends_at' })
  readonly endsAt: number;

  @Column({ type: 'text' })
  readonly state: DutyState;
}
