import { randomUUID } from 'node:crypto';
import { ChangeEnterprise } from '../../../station/src/network/enterprises/change-enterprise.js';
import { DescribeEnterprise } from '../../../station/src/network/enterprises/describe-enterprise.js';
import { ReportElectricity } from '../../../station/src/network/enterprises/report-electricity.js';
import { hour, localMidnight } from '../replay/passages/local-time.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Scenario, ScenarioEnterprise } from '../scenario/scenario.js';

const caller = 'administrator:demo';

/** What is made up of an enterprise, by its place in the scenario. What it does not say counts as nothing kept. */
interface MadeUp {
  /** How much it says that it keeps up. */
  readonly percent?: number;
  /** Electricity of the day before, as a share of the mean of the last quarter. */
  readonly electricity?: number;
  /** From the beginning of the demonstration on, until its line stops without goods. */
  readonly stopsInHours?: number;
}

const madeUp: readonly MadeUp[] = [
  { percent: 82, electricity: 0.79 },
  { percent: 74, electricity: 0.77 },
  { percent: 70 },
  { percent: 65, electricity: 0.6, stopsInHours: 5 },
  { electricity: 0.71 },
  { percent: 90, electricity: 0.88 },
  { percent: 85, electricity: 0.83, stopsInHours: 3 },
  { percent: 78, stopsInHours: 7 },
];

/** Lets the command centre see capacity kept, and lines that wait for goods. Those beyond the list are not above scale. */
export async function describeEnterprises(runtime: Runtime, { enterprises, zones, utcOffsetMinutes }: Scenario) {
  const get = <T>(type: abstract new (...args: never[]) => T): T => runtime.application.get(type);
  const now = runtime.clock.now();
  const request = () => ({ key: randomUUID(), caller, hash: '', at: now });
  const midnight = localMidnight(now, utcOffsetMinutes);
  const countyOf = ({ zone }: ScenarioEnterprise): string => zones.find(({ id }) => id === zone)?.countyCodes[0] ?? '';
  for (const [index, enterprise] of enterprises.entries()) {
    const { id: enterpriseId, share } = enterprise;
    const { percent, electricity, stopsInHours } = madeUp[index] ?? {};
    await get(DescribeEnterprise).execute(request(), {
      enterpriseId,
      countyCode: countyOf(enterprise),
      aboveScale: index < madeUp.length,
      outputWeight: share * 1_000,
      usualLoadsInPerDay: share * 6,
    });
    if (percent !== undefined || stopsInHours !== undefined) {
      await get(ChangeEnterprise).execute(request(), {
        enterpriseId,
        ...(percent !== undefined && { capacityPercent: percent }),
        ...(stopsInHours !== undefined && { stopsLineAt: now + stopsInHours * hour }),
      });
    }
    if (electricity !== undefined) {
      const quarterDailyKilowattHours = share * 8_000;
      await get(ReportElectricity).execute(request(), {
        enterpriseId,
        usedFromAt: midnight - 24 * hour,
        usedToAt: midnight,
        kilowattHours: quarterDailyKilowattHours * electricity,
        quarterDailyKilowattHours,
      });
    }
  }
}
