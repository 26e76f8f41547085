import { isPersonalId, personalIdFault } from '../personal-data/personal-id.js';
import type { Duty, PlanTemplate } from './plan-template.js';

/** What there is already of what a template names. */
export interface Existing {
  readonly zone: { readonly areaCode: string; readonly state: string } | undefined;
  readonly isPolicyPublished: boolean;
  readonly stations: ReadonlyMap<string, { readonly areaCode: string; readonly state: string }>;
  readonly drivers: ReadonlyMap<string, { readonly areaCode: string; readonly insideZoneId: string | null }>;
  readonly enterprises: ReadonlyMap<string, { readonly areaCode: string; readonly zoneId: string | null }>;
}

export interface PlanFault {
  /** Where in the template, such as `stations.2`. */
  readonly at: string;
  readonly reason: string;
}

/** All that keeps a template from being carried out in an area; nothing is written while there is one. */
export function planFaults(
  template: PlanTemplate,
  areaCode: string,
  existing: Existing,
  duties: readonly Duty[],
): PlanFault[] {
  const { zone, stations, pool, enterprises } = template;
  const codes = stations.map(({ stationCode }) => stationCode);
  const elsewhere = 'is of another area';
  return [
    ...faultsIf('zone', [
      [existing.zone !== undefined && existing.zone.areaCode !== areaCode, elsewhere],
      [existing.zone?.state === 'active', 'is active already'],
      [!existing.isPolicyPublished, 'its policy is not published in the area'],
    ]),
    ...stations.flatMap(({ stationCode, bays }, index) => {
      const there = existing.stations.get(stationCode);
      return faultsIf(`stations.${index}`, [
        [there !== undefined && there.areaCode !== areaCode, elsewhere],
        [there?.state === 'suspended', 'is suspended: resume it first'],
        [bays.length === 0 || new Set(bays).size < bays.length, 'has at least one bay, and each once'],
        [codes.indexOf(stationCode) !== index, 'is named twice'],
      ]);
    }),
    ...pool.flatMap(({ driverId, homeStationCode, licences }, index) => {
      const there = existing.drivers.get(driverId);
      return faultsIf(`pool.${index}`, [
        [there !== undefined && there.areaCode !== areaCode, elsewhere],
        [there !== undefined && there.insideZoneId !== zone.zoneId, 'is enrolled on another side'],
        [isPersonalId(driverId), personalIdFault],
        [licences.length === 0, 'has no licence'],
        [
          homeStationCode !== undefined && !codes.includes(homeStationCode),
          'has a home station that is not in the plan',
        ],
        [pool.findIndex((other) => other.driverId === driverId) !== index, 'is named twice'],
      ]);
    }),
    ...enterprises.flatMap(({ enterpriseId }, index) => {
      const there = existing.enterprises.get(enterpriseId);
      return faultsIf(`enterprises.${index}`, [
        [there !== undefined && there.areaCode !== areaCode, elsewhere],
        [there !== undefined && there.zoneId !== null && there.zoneId !== zone.zoneId, 'is in another zone'],
        [enterprises.findIndex((other) => other.enterpriseId === enterpriseId) !== index, 'is named twice'],
      ]);
    }),
    ...dutyFaults(template, codes),
    ...overlaps(duties),
  ];
}

function dutyFaults({ duties, pool }: PlanTemplate, codes: readonly string[]): PlanFault[] {
  const drivers = new Set(pool.map(({ driverId }) => driverId));
  return duties.flatMap(({ stationCode, role, personIds, days }, index) =>
    faultsIf(`duties.${index}`, [
      [!codes.includes(stationCode), 'is at a station that is not in the plan'],
      [personIds.length === 0 || days.length === 0, 'names nobody, or no day'],
      [role === 'driver' && personIds.some((id) => !drivers.has(id)), 'names a driver who is not in the pool'],
    ]),
  );
}

/** Nobody is at two places at once. */
function overlaps(duties: readonly Duty[]): PlanFault[] {
  const byPerson = new Map<string, Duty>();
  const faults = new Map<string, PlanFault>();
  for (const duty of duties.toSorted((one, other) => one.startsAt - other.startsAt)) {
    const { role, personId } = duty;
    const key = `${role} ${personId}`;
    const before = byPerson.get(key);
    if (before && before.endsAt > duty.startsAt) {
      faults.set(key, { at: 'duties', reason: `${key} is on two duties at once` });
    }
    if (!before || before.endsAt < duty.endsAt) byPerson.set(key, duty);
  }
  return [...faults.values()];
}

const faultsIf = (at: string, rules: readonly (readonly [isSo: boolean, reason: string])[]): PlanFault[] =>
  rules.filter(([isSo]) => isSo).map(([, reason]) => ({ at, reason }));
