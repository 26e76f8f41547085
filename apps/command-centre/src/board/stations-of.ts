import type { Caller } from '@yizhan/identity';

/** Stations that a command centre of counties sees; of a whole area, all. @throws Problem `forbidden` where it is not his. */
export function stationsOf(caller: Caller, areaCode: string): readonly string[] | undefined {
  if (caller.isOfCounties) return caller.stations;
  caller.requireArea(areaCode);
  return undefined;
}
