import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { type PersonalField, personalFields } from './personal-fields.js';

/** What a caller may do with the data of one person. */
export interface PersonalAccess {
  readonly reads: readonly PersonalField[];
  /** `missing`: he may add what is not known yet, and change nothing. */
  readonly writes: 'all' | 'missing' | 'nothing';
  readonly erases: boolean;
}

/** Where a driver belongs and is. */
export interface DriverPlaces {
  readonly driverId: string;
  readonly areaCode: string;
  readonly homeStationCode: string | null;
  /** Where he is, and where he is on shift. */
  readonly stationCodes: readonly string[];
}

const all: PersonalAccess = { reads: personalFields, writes: 'all', erases: true };
const toCall: PersonalAccess = { reads: ['name', 'phone'], writes: 'missing', erases: false };
const own: PersonalAccess = { reads: personalFields, writes: 'nothing', erases: false };
const none: PersonalAccess = { reads: [], writes: 'nothing', erases: false };

/** Of a driver; `areas` are those of the caller's stations. */
export function accessToDriver(caller: Caller, driver: DriverPlaces, areas: readonly string[]): PersonalAccess {
  if (caller.role === 'administrator') return all;
  if (caller.isDriver(driver.driverId)) return own;
  if (caller.role === 'shift_lead' && leads(caller, driver, areas)) return all;
  const isHere = [driver.homeStationCode ?? '', ...driver.stationCodes].some((code) => caller.mayActAt(code));
  return isHere ? toCall : none;
}

/** An outside driver has no home station: he is in the care of every station of his area. */
function leads(caller: Caller, { homeStationCode, areaCode }: DriverPlaces, areas: readonly string[]): boolean {
  return homeStationCode === null ? areas.includes(areaCode) : caller.mayActAt(homeStationCode);
}

/** Of who is to be called at a carrier. */
export function accessToCarrier(caller: Caller, carrierId: string): PersonalAccess {
  if (caller.role === 'administrator') return all;
  if (caller.role === 'carrier') return caller.carrierId === carrierId ? own : none;
  if (caller.role === 'shift_lead') return { ...toCall, writes: 'all' };
  return caller.role === 'operator' ? toCall : none;
}

/** Of who works at a station. */
export function accessToOperator(caller: Caller, personId: string): PersonalAccess {
  if (caller.role === 'administrator') return all;
  return caller.subject === personId ? own : none;
}

/** @throws Problem `forbidden` where he may not. */
export function requireAccess(may: boolean, personId: string): void {
  if (may) return;
  const message = `your token does not let you do this with the personal data of ${personId}`;
  throw new Problem('forbidden', 'PERSONAL_DATA.NOT_YOURS', message, { personId });
}
