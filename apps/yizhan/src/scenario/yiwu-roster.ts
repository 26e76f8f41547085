import type { Licence } from '@yizhan/contracts';
import type { RelayDriverGroup } from './scenario.js';

/** A shift of ten hours takes on trucks for eight: a driver has to be home before it ends. */
const hours = 10;

/** Of 20 drivers: licence A2 covers every truck, B2 all but tractors with trailers. */
const licencesOfTwenty: readonly (readonly [Licence, number])[] = [
  ['A2', 6],
  ['B2', 10],
  ['C1', 4],
];

const twentiesByShift: readonly (readonly [from: string, twenties: number])[] = [
  ['04:30', 12],
  ['08:30', 7],
  ['12:00', 8],
  ['16:30', 4],
  ['22:00', 4],
];

/** Shares follow the trucks: most of them pass the gate beside Yiwu Port. */
const shareByStation: readonly (readonly [station: string, share: number])[] = [
  ['yiwu-port', 0.4],
  ['pujiang', 0.35],
  ['jindong', 0.25],
];

/** The made-up pool of one zone: enough for the busiest hours of the week, with little to spare. */
export function yiwuRoster(zone: string): RelayDriverGroup[] {
  return twentiesByShift.flatMap(([from, twenties]) =>
    shareByStation.flatMap(([station, share]) =>
      licencesOfTwenty.map(([licence, of20]) => ({
        station,
        zone,
        licence,
        count: Math.max(1, Math.round(twenties * of20 * share)),
        shift: { from, hours },
      })),
    ),
  );
}
