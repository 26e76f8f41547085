import { randomUUID } from 'node:crypto';
import type { ConsoleWorld } from './console-world.js';

/** Visits at each stage of a relay, by their ids. */
export interface Shown {
  readonly announced: string;
  readonly checking: string;
  readonly waiting: string;
  /** A driver is asked, and has not answered. */
  readonly assigned: string;
  readonly accepted: string;
  readonly started: string;
  readonly gone: string;
  /** Of the driver who has accepted. */
  readonly driverToken: string;
  /** Of the code at the gate, for the driver of the truck that is announced. */
  readonly gateToken: string;
}

const keyed = () => ({ 'Idempotency-Key': randomUUID() });
const minute = 60_000;
const place = { stationCode: 'jindong', zoneId: 'yiwu', flow: 'into_zone' } as const;

/** Leads trucks of the station of Jindong to where a board is full of life. */
export async function showTrucks({ administrator: api }: ConsoleWorld): Promise<Shown> {
  const truckOf = (plate: string, licenceRequired: 'A1' | 'A2' | 'B2' = 'B2') =>
    ({ plate, plateColour: plate.length === 8 ? 'yellow_green' : 'yellow', licenceRequired }) as const;

  const announce = async (plate: string, isQueued: boolean): Promise<string> => {
    const visitId = randomUUID();
    const expectedAt = new Date(Date.now() + 20 * minute).toISOString();
    await api.visits.announce({
      headers: keyed(),
      body: { ...place, visitId, truck: truckOf(plate), consignments: [], expectedAt },
    });
    if (isQueued) await api.visits.queue({ headers: keyed(), path: { visitId }, body: { queue: 'outside' } });
    return visitId;
  };

  const arrive = async (plate: string, number: number, licence?: 'A1'): Promise<string> => {
    const visitId = randomUUID();
    const { driverId, carrierId } = await api.intakes.takeIn({
      headers: keyed(),
      body: { stationCode: place.stationCode, plate, phone: `1390000${String(1000 + number)}` },
    });
    const body = { ...place, visitId, truck: truckOf(plate, licence), carrierId, driverId, consignments: [] };
    await api.visits.arrive({ headers: keyed(), body });
    return visitId;
  };

  const check = async (visitId: string, isSealed = true): Promise<string> => {
    const checks = [
      ...['person', 'vehicle', 'pass'].map((each) => ({ check: each, passed: true })),
      { check: 'seal', passed: isSealed, ...(!isSealed && { reason: 'torn' }) },
    ];
    const path = { visitId };
    const { handoffId = '' } = await api.visits.check({
      headers: keyed(),
      path,
      body: { checks, sealNumber: 'S0001' },
    });
    return handoffId;
  };

  const driverOf = async (handoffId: string): Promise<string> => {
    for (let tries = 0; tries < 300; tries += 1) {
      const { driverId } = await api.handoffs.read({ path: { handoffId } });
      if (driverId !== undefined) return driverId;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('nobody was assigned within half a minute');
  };

  const accept = async (handoffId: string): Promise<string> => {
    const driverId = await driverOf(handoffId);
    await api.handoffs.accept({ headers: keyed(), path: { handoffId }, body: { driverId } });
    return driverId;
  };

  const start = async (handoffId: string, bayCode: string): Promise<void> => {
    const authorisation = { by: 'dispatcher-07', at: new Date(Date.now() - 1_000).toISOString() };
    await api.handoffs.start({ headers: keyed(), path: { handoffId }, body: { bayCode, authorisation } });
  };

  const announced = await announce('浙A20001', false);
  await announce('浙A20002', true);
  await announce('沪AD20003', true);
  const checking = await arrive('浙G10001', 1);
  // Nobody of the scenario holds a licence A1.
  const waiting = await arrive('浙G10002', 2, 'A1');
  await check(waiting);
  const accepted = await arrive('苏E10003', 3);
  const acceptedHandoff = await check(accepted);
  const driverId = await accept(acceptedHandoff);
  const assigned = await arrive('赣F10006', 6);
  await driverOf(await check(assigned));
  const started = await arrive('皖B10004', 4);
  const startedHandoff = await check(started);
  await accept(startedHandoff);
  await start(startedHandoff, 'B01');
  const failing = await arrive('湘A10007', 7);
  await check(failing, false);
  const gone = await arrive('闽D10005', 5);
  await api.visits.depart({ headers: keyed(), path: { visitId: gone }, body: { outcome: 'turned_away' } });
  const { token } = await api.driverLinks.create({
    headers: keyed(),
    body: { driverId, handoffId: acceptedHandoff, validForSeconds: 900 },
  });
  const { token: gateToken } = await api.gate.createLink({ headers: keyed(), path: { visitId: announced }, body: {} });
  return { announced, checking, waiting, assigned, accepted, started, gone, driverToken: token, gateToken };
}

/** A driver whom a missing credential alone keeps from the truck that waits: an override is what would help. */
export async function withoutCredential({ administrator: api }: ConsoleWorld): Promise<string> {
  const driverId = 'relay-a1';
  const body = { driverId, areaCode: 'yiwu', insideZoneId: place.zoneId, licences: ['A1' as const] };
  await api.drivers.enrol({ headers: keyed(), body });
  const endsAt = new Date(Date.now() + 480 * minute).toISOString();
  const shift = { stationCode: place.stationCode, endsAt };
  await api.drivers.startShift({ headers: keyed(), path: { driverId }, body: shift });
  return driverId;
}
