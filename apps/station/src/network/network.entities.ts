import type { AssignmentMode, OpeningHours, ZoneLevel } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Readiness } from './enterprises/enterprise.js';
import { InstantColumn } from './instant-column.js';
import type { StationState } from './stations/relay-station.js';
import type { ZoneState } from './zones/zone.js';

@Entity('areas')
export class AreaRow {
  @PrimaryColumn({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly name: string;
}

@Entity('policies')
export class PolicyRow {
  @PrimaryColumn({ type: 'text', name: 'policy_id' })
  readonly policyId: string;

  @PrimaryColumn({ type: 'text' })
  readonly version: string;

  @PrimaryColumn({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'jsonb' })
  readonly rules: object;

  @InstantColumn({ name: 'published_at' })
  readonly publishedAt: number;
}

@Entity('zones')
export class ZoneRow {
  @PrimaryColumn({ type: 'text', name: 'zone_id' })
  readonly zoneId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', array: true, name: 'also_in' })
  readonly alsoIn: string[];

  @Column({ type: 'text' })
  readonly level: ZoneLevel;

  @Column({ type: 'text' })
  readonly state: ZoneState;

  @Column({ type: 'text', array: true, name: 'county_codes' })
  readonly countyCodes: string[];

  @Column({ type: 'text', array: true, name: 'station_codes' })
  readonly stationCodes: string[];

  @InstantColumn({ name: 'starts_at' })
  readonly startsAt: number;

  @InstantColumn({ name: 'ends_at', nullable: true })
  readonly endsAt: number | null;

  @Column({ type: 'text', name: 'policy_id' })
  readonly policyId: string;

  @Column({ type: 'text', name: 'policy_version' })
  readonly policyVersion: string;

  @InstantColumn({ name: 'lifted_at', nullable: true })
  readonly liftedAt: number | null;

  @InstantColumn({ name: 'end_reached_at', nullable: true })
  readonly endReachedAt: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}

@Entity('stations')
export class StationRow {
  @PrimaryColumn({ type: 'text', name: 'station_code' })
  readonly stationCode: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'county_code' })
  readonly countyCode: string;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'double precision' })
  readonly latitude: number;

  @Column({ type: 'double precision' })
  readonly longitude: number;

  @Column({ type: 'text', array: true, name: 'zone_ids' })
  readonly zoneIds: string[];

  @Column({ type: 'text' })
  readonly state: StationState;

  @Column({ type: 'text', name: 'assignment_mode' })
  readonly assignmentMode: AssignmentMode;

  @Column({ type: 'jsonb', name: 'opening_hours', nullable: true })
  readonly openingHours: OpeningHours | null;

  @InstantColumn({ name: 'suspended_at', nullable: true })
  readonly suspendedAt: number | null;

  @InstantColumn({ name: 'cut_off_at', nullable: true })
  readonly cutOffAt: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}

@Entity('bays')
export class BayRow {
  @PrimaryColumn({ type: 'text', name: 'station_code' })
  readonly stationCode: string;

  @PrimaryColumn({ type: 'text', name: 'bay_code' })
  readonly bayCode: string;
}

@Entity('carriers')
export class CarrierRow {
  @PrimaryColumn({ type: 'text', name: 'carrier_id' })
  readonly carrierId: string;

  @Column({ type: 'text' })
  readonly name: string;
}

@Entity('enterprises')
export class EnterpriseRow {
  @PrimaryColumn({ type: 'text', name: 'enterprise_id' })
  readonly enterpriseId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'zone_id', nullable: true })
  readonly zoneId: string | null;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'text' })
  readonly readiness: Readiness;

  @Column({ type: 'integer' })
  readonly priority: number;

  @InstantColumn({ name: 'stops_line_at', nullable: true })
  readonly stopsLineAt: number | null;

  @Column({ type: 'text', name: 'county_code', nullable: true })
  readonly countyCode: string | null;

  @Column({ type: 'boolean', name: 'above_scale' })
  readonly aboveScale: boolean;

  @Column({ type: 'double precision', name: 'output_weight' })
  readonly outputWeight: number;

  @Column({ type: 'double precision', name: 'usual_loads_in', nullable: true })
  readonly usualLoadsInPerDay: number | null;

  @Column({ type: 'double precision', name: 'usual_loads_out', nullable: true })
  readonly usualLoadsOutPerDay: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}

@Entity('places')
export class PlaceRow {
  @PrimaryColumn({ type: 'text', name: 'zone_id' })
  readonly zoneId: string;

  @PrimaryColumn({ type: 'text', name: 'place_id' })
  readonly placeId: string;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'double precision' })
  readonly latitude: number;

  @Column({ type: 'double precision' })
  readonly longitude: number;

  @Column({ type: 'text', name: 'enterprise_id', nullable: true })
  readonly enterpriseId: string | null;
}
