import type { Place } from './project.js';

/** What an area is shown by: an area of the overview. */
export interface AreaFacts {
  readonly areaCode: string;
  readonly onSite: number;
  readonly queuedOutside: number;
  readonly waitingForDriver: number;
  readonly stations: number;
  readonly stationsNotOpen: number;
  readonly alertsWarn: number;
  readonly alertsCritical: number;
}

export interface LocatedStation {
  readonly areaCode: string;
  readonly location: Place;
}

/** An area on the map. */
export interface AreaPlace {
  readonly areaCode: string;
  readonly location: Place;
  readonly alert: '' | 'warn' | 'critical';
  /** `suspended` where none of its stations is open. */
  readonly status: 'open' | 'suspended';
  readonly trucks: number;
  readonly waiting: number;
}

/** Each area in the middle of its stations; none whose stations are not known yet. */
export function areaPlaces(areas: readonly AreaFacts[], stations: readonly LocatedStation[]): AreaPlace[] {
  const places = new Map<string, Place[]>();
  for (const { areaCode, location } of stations) {
    const own = places.get(areaCode);
    if (own) own.push(location);
    else places.set(areaCode, [location]);
  }
  return areas.flatMap((area) => {
    const own = places.get(area.areaCode);
    if (!own) return [];
    return [
      {
        areaCode: area.areaCode,
        location: {
          latitude: mean(own.map(({ latitude }) => latitude)),
          longitude: mean(own.map(({ longitude }) => longitude)),
        },
        alert: area.alertsCritical > 0 ? 'critical' : area.alertsWarn > 0 ? 'warn' : '',
        status: area.stations > 0 && area.stationsNotOpen >= area.stations ? 'suspended' : 'open',
        trucks: area.onSite + area.queuedOutside,
        waiting: area.waitingForDriver + area.queuedOutside,
      },
    ];
  });
}

/** The areas that need somebody first: by critical alerts, then by warnings, then by who waits. */
export function byNeed<A extends AreaFacts>(areas: readonly A[]): A[] {
  const waiting = ({ waitingForDriver, queuedOutside }: AreaFacts): number => waitingForDriver + queuedOutside;
  return areas.toSorted(
    (one, other) =>
      other.alertsCritical - one.alertsCritical ||
      other.alertsWarn - one.alertsWarn ||
      waiting(other) - waiting(one) ||
      (one.areaCode < other.areaCode ? -1 : 1),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
