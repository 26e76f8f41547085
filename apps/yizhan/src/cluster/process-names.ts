import { servicePlaces } from '@yizhan/persistence';
import { badInput } from '@yizhan/process';

/** Every kind of process of a cluster, with its place in the database. */
export const processPlaces = {
  publisher: servicePlaces.eventLog,
  station: servicePlaces.station,
  scheduler: servicePlaces.scheduler,
  dispatch: servicePlaces.dispatch,
  'command-centre': servicePlaces.commandCentre,
} as const;

export type ProcessName = keyof typeof processPlaces;

export const processNames = Object.keys(processPlaces) as ProcessName[];

/** How many processes there are of a kind; one where it is not named. */
export type ProcessCounts = Readonly<Partial<Record<ProcessName, number>>>;

/** Reads `station=2,scheduler=2`, or nothing. @throws Fault for anything else. */
export function readProcessCounts(text: string): ProcessCounts {
  const counts: Partial<Record<ProcessName, number>> = {};
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, count] = /^\s*([a-z-]+)=([1-9])\s*$/.exec(part) ?? [];
    const known = processNames.find((each) => each === name);
    if (!known) {
      throw badInput(
        `--processes: "${part}" is no process and its count`,
        `Write station=2,scheduler=2, each from 1 to 9; there are ${processNames.join(', ')}.`,
      );
    }
    counts[known] = Number(count);
  }
  return counts;
}
