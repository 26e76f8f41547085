import { randomUUID } from 'node:crypto';
import type { ConsoleWorld } from './console-world.js';

const keyed = () => ({ 'Idempotency-Key': randomUUID() });
const hour = 3_600_000;

/** Two enterprises of the scenario count for as much, one of which says what it keeps up, and has a truck that its line waits for. */
export async function sayCapacity({ administrator: api }: ConsoleWorld): Promise<void> {
  const now = Date.now();
  for (const enterpriseId of ['enterprise-01', 'enterprise-02']) {
    const body = { countyCode: '330782', aboveScale: true, outputWeight: 100 };
    await api.enterprises.describe({ headers: keyed(), path: { enterpriseId }, body });
  }
  const path = { enterpriseId: 'enterprise-01' };
  const stopsLineAt = new Date(now + 2 * hour).toISOString();
  await api.enterprises.change({ headers: keyed(), path, body: { capacityPercent: 62.5, stopsLineAt } });
  const used = {
    usedFromAt: new Date(now - 24 * hour).toISOString(),
    usedToAt: new Date(now - hour / 60).toISOString(),
  };
  const kilowattHours = (800 * (24 * 60 - 1)) / (24 * 60);
  await api.enterprises.reportElectricity({
    headers: keyed(),
    path,
    body: { ...used, kilowattHours, quarterDailyKilowattHours: 1_000 },
  });
  const plate = '浙G33333';
  const intake = { stationCode: 'pujiang', plate, phone: '13900003333' };
  const { driverId, carrierId } = await api.intakes.takeIn({ headers: keyed(), body: intake });
  const truck = { plate, plateColour: 'yellow', licenceRequired: 'B2' } as const;
  const consignments = [{ id: 'C-33333', enterpriseId: 'enterprise-01', category: 'parts' }];
  const place = { stationCode: 'pujiang', zoneId: 'yiwu', flow: 'into_zone' } as const;
  await api.visits.arrive({
    headers: keyed(),
    body: { ...place, visitId: randomUUID(), truck, carrierId, driverId, consignments },
  });
}
