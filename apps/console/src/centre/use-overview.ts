import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { setServerTime } from '../live/use-now.js';
import { readStations } from './use-centre.js';

/** Milliseconds of real time: what has happened is on the screen a second later. */
const lookEvery = 250;
const most = 200;

const readOverview = async () => {
  const overview = await asking(() => yizhan.overview.read({}));
  setServerTime(overview.asOf);
  return overview;
};

export type Overview = Awaited<ReturnType<typeof readOverview>>;

/** How all areas stand. */
export function useOverview() {
  return useQuery({ queryKey: ['centre', 'overview'], queryFn: readOverview, refetchInterval: lookEvery });
}

async function readAreas() {
  const areas: Awaited<ReturnType<typeof pageOfAreas>>['items'][number][] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await pageOfAreas(after);
    areas.push(...items);
    if (next === null) return areas;
    after = next;
  }
}

const pageOfAreas = (after: string | undefined) =>
  asking(() => yizhan.areas.list({ query: { limit: most, ...(after !== undefined && { after }) } }));

/** Names of all areas, and where their stations are. */
export function useAllPlaces() {
  return useQuery({
    queryKey: ['centre', 'places'],
    queryFn: async () => {
      const [areas, stations] = await Promise.all([readAreas(), readStations()]);
      return { names: new Map(areas.map(({ areaCode, name }) => [areaCode, name])), stations };
    },
    refetchInterval: 60_000,
  });
}
