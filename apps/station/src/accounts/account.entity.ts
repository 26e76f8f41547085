import type { Role } from '@yizhan/identity';
import { given } from '../cases/given.js';
import type { AccountState } from './account.js';

/** What is read of `station.accounts`; the hashes stay where they are. */
export interface AccountRow {
  readonly account_id: string;
  readonly role: Role;
  readonly stations: string[];
  readonly areas: string[];
  readonly counties: string[];
  readonly driver_id: string | null;
  readonly carrier_id: string | null;
  readonly enterprise_id: string | null;
  readonly state: AccountState;
  readonly has_password: boolean;
  readonly has_pin: boolean;
  readonly created_at: number;
  readonly created_by: string;
  readonly suspended_at: number | null;
  readonly suspend_reason: string | null;
  readonly version: number;
}

/** The columns of an `AccountRow`, of the table `a`. */
export const accountColumns = `a.account_id, a.role, a.stations, a.areas, a.counties, a.driver_id, a.carrier_id, a.enterprise_id,
  a.state, a.password_hash IS NOT NULL AS has_password, a.pin_hash IS NOT NULL AS has_pin,
  a.created_at, a.created_by, a.suspended_at, a.suspend_reason, a.version`;

const orNull = (list: string[]): string[] | null => (list.length === 0 ? null : list);

/** For whom the account may act. */
export function scopeOf(row: AccountRow) {
  return given({
    stations: orNull(row.stations),
    areas: orNull(row.areas),
    counties: orNull(row.counties),
    driverId: row.driver_id,
    carrierId: row.carrier_id,
    enterpriseId: row.enterprise_id,
  });
}
