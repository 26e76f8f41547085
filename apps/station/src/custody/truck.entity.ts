import type { Licence, Party, PlateColour } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';

@Entity('trucks')
export class TruckRow {
  @PrimaryColumn({ type: 'text' })
  readonly plate: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text', name: 'plate_colour' })
  readonly plateColour: PlateColour;

  @Column({ type: 'text', name: 'licence_required' })
  readonly licenceRequired: Licence;

  @Column({ type: 'text', name: 'trailer_plate', nullable: true })
  readonly trailerPlate: string | null;

  @Column({ type: 'text', name: 'carrier_id', nullable: true })
  readonly carrierId: string | null;

  @Column({ type: 'text', name: 'base_zone_id', nullable: true })
  readonly baseZoneId: string | null;

  @Column({ type: 'text', name: 'seal_number', nullable: true })
  readonly sealNumber: string | null;

  @Column({ type: 'text', name: 'custodian_kind', nullable: true })
  readonly custodianKind: Party['kind'] | null;

  @Column({ type: 'text', name: 'custodian_id', nullable: true })
  readonly custodianId: string | null;

  @InstantColumn({ name: 'custody_at', nullable: true })
  readonly custodyAt: number | null;

  @Column({ type: 'integer' })
  readonly version: number;
}
