import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

/** Milliseconds of real time. */
const lookEvery = 5_000;
/** Days that are over change only when something is told late. */
const lookBackEvery = 60_000;
const daysBack = 14;

export interface CapacityPlace {
  readonly areaCode: string;
  readonly countyCode?: string | undefined;
}

const readCapacity = ({ areaCode, countyCode }: CapacityPlace, days: number) =>
  asking(() =>
    yizhan.capacity.read({ path: { areaCode }, query: { days, ...(countyCode !== undefined && { countyCode }) } }),
  );
const readLineStops = (areaCode: string) => asking(() => yizhan.areas.lineStops({ path: { areaCode } }));

export type AreaCapacity = Awaited<ReturnType<typeof readCapacity>>;
export type CapacityFigure = AreaCapacity['figures'][number];
export type LineStop = Awaited<ReturnType<typeof readLineStops>>['trucks'][number];

/** What the enterprises of an area keep up now. */
export function useCapacity(place: CapacityPlace) {
  return useQuery({
    queryKey: ['centre', place.areaCode, 'capacity', place],
    queryFn: () => readCapacity(place, 0),
    refetchInterval: lookEvery,
  });
}

/** What they kept up at the end of each of the last days. */
export function useCapacityDays(place: CapacityPlace) {
  return useQuery({
    queryKey: ['centre', place.areaCode, 'capacity-days', place],
    queryFn: () => readCapacity(place, daysBack),
    refetchInterval: lookBackEvery,
  });
}

/** The trucks on which lines depend, those whose line stops first at the start. */
export function useLineStops(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'line-stops'],
    queryFn: () => readLineStops(areaCode),
    refetchInterval: lookEvery,
  });
}
