import type { Licence } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, instants } from '../network/instant-column.js';

@Entity('drivers')
export class DriverRow {
  @PrimaryColumn({ type: 'text', name: 'driver_id' })
  readonly driverId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'inside_zone_id', nullable: true })
  readonly insideZoneId: string | null;

  @Column({ type: 'text', array: true })
  readonly licences: Licence[];

  @Column({ type: 'text', name: 'home_station_code', nullable: true })
  readonly homeStationCode: string | null;

  @Column({ type: 'text', name: 'carrier_id', nullable: true })
  readonly carrierId: string | null;

  @Column({ type: 'text', name: 'station_code', nullable: true })
  readonly stationCode: string | null;

  @Column({ type: 'text', name: 'shift_station_code', nullable: true })
  readonly shiftStationCode: string | null;

  @InstantColumn({ name: 'shift_started_at', nullable: true })
  readonly shiftStartedAt: number | null;

  @InstantColumn({ name: 'shift_ends_at', nullable: true })
  readonly shiftEndsAt: number | null;

  @InstantColumn({ name: 'driving_since', nullable: true })
  readonly drivingSince: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}

@Entity('credentials')
export class CredentialRow {
  @PrimaryColumn({ type: 'text', name: 'driver_id' })
  readonly driverId: string;

  @PrimaryColumn({ type: 'text' })
  readonly credential: string;

  @PrimaryColumn({ type: 'timestamptz', name: 'valid_from', transformer: instants })
  readonly validFrom: number;

  @InstantColumn({ name: 'valid_until' })
  readonly validUntil: number;

  @Column({ type: 'text' })
  readonly issuer: string;

  @Column({ type: 'text', nullable: true })
  readonly batch: string | null;

  @InstantColumn({ name: 'recalled_at', nullable: true })
  readonly recalledAt: number | null;
}
