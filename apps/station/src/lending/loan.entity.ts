import type { LoanEnd } from '@yizhan/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../network/instant-column.js';
import type { LoanState } from './loan.js';

@Entity('driver_loans')
export class LoanRow {
  @PrimaryColumn({ type: 'uuid', name: 'loan_id' })
  readonly loanId: string;

  @Column({ type: 'text', name: 'driver_id' })
  readonly driverId: string;

  @Column({ type: 'text', name: 'from_area_code' })
  readonly fromAreaCode: string;

  @Column({ type: 'text', name: 'to_area_code' })
  readonly toAreaCode: string;

  @Column({ type: 'text' })
  readonly state: LoanState;

  @Column({ type: 'text', name: 'offered_by' })
  readonly offeredBy: string;

  @InstantColumn({ name: 'offered_at' })
  readonly offeredAt: number;

  @InstantColumn({ name: 'expires_at' })
  readonly expiresAt: number;

  @InstantColumn({ name: 'accepted_at', nullable: true })
  readonly acceptedAt: number | null;

  @InstantColumn({ name: 'joined_at', nullable: true })
  readonly joinedAt: number | null;

  @InstantColumn({ name: 'return_begun_at', nullable: true })
  readonly returnBegunAt: number | null;

  @InstantColumn({ name: 'returned_at', nullable: true })
  readonly returnedAt: number | null;

  @InstantColumn({ name: 'ended_at', nullable: true })
  readonly endedAt: number | null;

  @Column({ type: 'text', name: 'end_reason', nullable: true })
  readonly endReason: LoanEnd | null;

  @Column({ type: 'integer' })
  readonly version: number;
}
