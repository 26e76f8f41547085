import type { ConsentScope, Flow } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';

@Entity('consents')
export class ConsentRow {
  @PrimaryColumn({ type: 'uuid', name: 'consent_id' })
  readonly consentId: string;

  @Column({ type: 'text', name: 'carrier_id' })
  readonly carrierId: string;

  @Column({ type: 'text', name: 'area_code' })
  readonly areaCode: string;

  @Column({ type: 'text' })
  readonly scope: ConsentScope;

  @Column({ type: 'text', name: 'station_code', nullable: true })
  readonly stationCode: string | null;

  @Column({ type: 'text', nullable: true })
  readonly flow: Flow | null;

  @Column({ type: 'text', nullable: true })
  readonly plate: string | null;

  @Column({ type: 'text', name: 'given_by' })
  readonly givenBy: string;

  @InstantColumn({ name: 'given_at' })
  readonly givenAt: number;

  @InstantColumn({ name: 'valid_until', nullable: true })
  readonly validUntil: number | null;

  @Column({ type: 'text', name: 'revoked_by', nullable: true })
  readonly revokedBy: string | null;

  @InstantColumn({ name: 'revoked_at', nullable: true })
  readonly revokedAt: number | null;
}
