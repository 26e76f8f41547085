import { randomUUID } from 'node:crypto';
import type { Api } from './product.js';

export interface BenchTruck {
  readonly visitId: string;
  readonly plate: string;
}

/** Trucks by where they stand, those that wait longest first. */
export interface FullBoard {
  readonly expected: readonly BenchTruck[];
  readonly queued: readonly BenchTruck[];
  readonly checking: readonly BenchTruck[];
  readonly waiting: readonly BenchTruck[];
  readonly gone: readonly BenchTruck[];
}

export const station = 'jindong';
const place = { stationCode: station, zoneId: 'yiwu', flow: 'into_zone' } as const;
const atOnce = 6;

export const keyed = () => ({ 'Idempotency-Key': randomUUID() });

/** Shares of the trucks: most wait for a check or for a driver. */
const shares = { expected: 0.14, queued: 0.14, checking: 0.36, waiting: 0.3, gone: 0.06 } as const;

/** Brings so many trucks to the station, through the API, as operators would. */
export async function fillBoard(api: Api, trucks: number): Promise<FullBoard> {
  let made = 0;
  const some = async (share: number, lead: (truck: BenchTruck, no: number) => Promise<void>): Promise<BenchTruck[]> => {
    const from = made;
    made += Math.round(trucks * share);
    const all = Array.from({ length: made - from }, (_, index) => truckOf(from + index));
    // In order, so that the first one waits longest.
    for (let at = 0; at < all.length; at += atOnce) {
      await Promise.all(all.slice(at, at + atOnce).map((truck, index) => lead(truck, from + at + index)));
    }
    return all;
  };
  const arrive = (truck: BenchTruck, no: number, licence: 'A1' | 'B2' = 'B2') => arriveAt(api, truck, no, licence);
  return {
    checking: await some(shares.checking, arrive),
    // Nobody of the scenario holds a licence A1: they wait for as long as this takes.
    waiting: await some(shares.waiting, async (truck, no) => {
      await arrive(truck, no, 'A1');
      await check(api, truck);
    }),
    gone: await some(shares.gone, async (truck, no) => {
      await arrive(truck, no);
      await turnAway(api, truck);
    }),
    queued: await some(shares.queued, async (truck) => {
      await announce(api, truck);
      await queue(api, truck);
    }),
    expected: await some(shares.expected, (truck) => announce(api, truck)),
  };
}

const truckOf = (no: number): BenchTruck => ({ visitId: randomUUID(), plate: `浙G${String(10_000 + no)}` });

const described = (plate: string, licenceRequired: 'A1' | 'B2' = 'B2') =>
  ({ plate, plateColour: 'yellow', licenceRequired }) as const;

async function announce(api: Api, { visitId, plate }: BenchTruck): Promise<void> {
  const expectedAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = { ...place, visitId, truck: described(plate), consignments: [], expectedAt };
  await api.visits.announce({ headers: keyed(), body });
}

async function arriveAt(api: Api, { visitId, plate }: BenchTruck, no: number, licence: 'A1' | 'B2'): Promise<void> {
  const intake = { stationCode: station, plate, phone: `139${String(10_000_000 + no)}` };
  const { driverId, carrierId } = await api.intakes.takeIn({ headers: keyed(), body: intake });
  const body = { ...place, visitId, truck: described(plate, licence), carrierId, driverId, consignments: [] };
  await api.visits.arrive({ headers: keyed(), body });
}

async function check(api: Api, { visitId }: BenchTruck): Promise<void> {
  const checks = ['person', 'vehicle', 'pass', 'seal'].map((each) => ({ check: each, passed: true }));
  await api.visits.check({ headers: keyed(), path: { visitId }, body: { checks, sealNumber: 'S0001' } });
}

export async function queue(api: Api, { visitId }: BenchTruck): Promise<void> {
  await api.visits.queue({ headers: keyed(), path: { visitId }, body: { queue: 'outside' } });
}

export async function turnAway(api: Api, { visitId }: BenchTruck): Promise<void> {
  await api.visits.depart({ headers: keyed(), path: { visitId }, body: { outcome: 'turned_away' } });
}

export async function callTo(api: Api, { visitId }: BenchTruck, bayCode: string): Promise<void> {
  await api.visits.call({ headers: keyed(), path: { visitId }, body: { bayCode } });
}
