import type { Flow, ThrottleEnd } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';

@Entity('lane_throttles')
export class LaneThrottleRow {
  @PrimaryColumn({ type: 'uuid', name: 'throttle_id' })
  readonly throttleId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly flow: Flow;

  @Column({ type: 'text', name: 'station_code', nullable: true })
  readonly stationCode: string | null;

  @Column({ type: 'integer', name: 'trucks_per_hour' })
  readonly trucksPerHour: number;

  @Column({ type: 'text' })
  readonly reason: string;

  @Column({ type: 'text', name: 'throttled_by' })
  readonly throttledBy: string;

  @InstantColumn({ name: 'throttled_at' })
  readonly throttledAt: number;

  @InstantColumn({ name: 'ends_at', nullable: true })
  readonly endsAt: number | null;

  @Column({ type: 'text', name: 'ended_by', nullable: true })
  readonly endedBy: string | null;

  @InstantColumn({ name: 'ended_at', nullable: true })
  readonly endedAt: number | null;

  @Column({ type: 'text', nullable: true })
  readonly how: ThrottleEnd | null;
}
