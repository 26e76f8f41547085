import type { Caller } from '@yizhan/identity';

/** Which rows of a list a caller sees: a carrier his own, staff those of their stations, the command centre those of its areas. */
export function visibleTo(
  caller: Caller,
  stationCode: string | undefined,
): {
  readonly stationCode?: string | readonly string[];
  readonly areaCode?: readonly string[];
  readonly carrierId?: string;
} {
  const asked = stationCode === undefined ? {} : { stationCode };
  switch (caller.role) {
    case 'administrator':
      return asked;
    case 'carrier':
      return { ...asked, carrierId: caller.carrierId ?? '' };
    case 'command_centre':
      return { ...asked, areaCode: caller.areas };
    default:
      if (stationCode !== undefined) caller.requireStation(stationCode);
      return { stationCode: stationCode ?? caller.stations };
  }
}
