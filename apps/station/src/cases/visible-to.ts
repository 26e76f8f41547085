import type { Caller } from '@yizhan/identity';

/**
 * Which rows of a list a caller sees: a carrier his own, staff those of their stations, the command centre those of its areas
 * or counties. Which are an enterprise's own no column says: `withConsignmentsOf`.
 */
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
    case 'enterprise':
      return asked;
    case 'carrier':
      return { ...asked, carrierId: caller.carrierId ?? '' };
    case 'command_centre':
      if (!caller.isOfCounties) return { ...asked, areaCode: caller.areas };
      return { stationCode: caller.stations.filter((code) => stationCode === undefined || code === stationCode) };
    default:
      if (stationCode !== undefined) caller.requireStation(stationCode);
      return { stationCode: stationCode ?? caller.stations };
  }
}
