import type { Visit } from '../visits/visit.js';

/**
 * `not_here`: announced for another station, or not at all; `moved_already`; `not_announced`: it has come, or does not come;
 * `at_the_gate`: it has a ticket there, or was called; `zone_not_served` by the other station.
 */
export const reasonsNotMoved = [
  'not_here',
  'moved_already',
  'not_announced',
  'at_the_gate',
  'zone_not_served',
] as const;
export type WhyNotMoved = (typeof reasonsNotMoved)[number];

interface Asked {
  readonly stationCode: string;
  readonly toStationCode: string;
}

/** Why a visit is not moved; undefined where it is. */
export function whyNotMoved(
  found: { readonly visit: Visit; readonly serves: boolean } | undefined,
  { stationCode, toStationCode }: Asked,
): WhyNotMoved | undefined {
  if (!found) return 'not_here';
  const { visit, serves } = found;
  if (visit.stationCode === toStationCode && visit.movedFrom?.includes(stationCode)) return 'moved_already';
  if (visit.stationCode !== stationCode) return 'not_here';
  if (visit.state !== 'announced') return 'not_announced';
  if (visit.queue !== null || visit.calledAt !== null) return 'at_the_gate';
  return serves ? undefined : 'zone_not_served';
}
