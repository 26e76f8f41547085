import type { Caller } from '@yizhan/identity';
import type { Case, CaseParty } from './case.js';

/** How somebody stands to a case. A command centre of counties looks on. */
export function partyOf(caller: Caller, { areaCode, ownerAreaCode, stationCode }: Case): CaseParty {
  if (caller.mayActInArea(ownerAreaCode)) return 'owner';
  if (caller.mayActInArea(areaCode)) return 'origin';
  return stationCode !== '' && caller.mayActAt(stationCode) ? 'station' : 'nobody';
}

/** What of all cases somebody may see: of these areas, of these stations; null stands for all. */
export interface SeenCases {
  readonly areas: readonly string[] | null;
  readonly stations: readonly string[] | null;
}

export function seenBy({ role, areas, stations, isOfCounties }: Caller): SeenCases {
  if (role === 'administrator') return { areas: null, stations: null };
  if (role === 'command_centre' && !isOfCounties) return { areas, stations: null };
  return { areas: null, stations };
}
