import type { Caller } from '@yizhan/identity';

/** Stations are answered to those who run them, and areas to their command centres. @throws Problem `forbidden` */
export function requirePlace(
  caller: Caller,
  { stationCode, areaCode }: { readonly stationCode: string; readonly areaCode: string },
): void {
  if (caller.maySeeStation(stationCode)) return;
  if (caller.role === 'command_centre') caller.requireArea(areaCode);
  else caller.requireStation(stationCode);
}
