import { Code, Instant, Nested, Quantity, WholeNumber } from '@yizhan/http';
import { CapacityFigure } from '../capacity/capacity.dto.js';

/** One area among all. */
export class AreaOverview {
  @Code()
  readonly areaCode: string;

  @WholeNumber({ description: 'trucks into the zone that came in the last 24 hours, the running one among them' })
  readonly arrivalsIn: number;

  @WholeNumber({ description: 'the same out of it' })
  readonly arrivalsOut: number;

  @WholeNumber({ description: 'trucks that left a station in that time' })
  readonly departures: number;

  @WholeNumber({ description: 'trucks in the queues outside' })
  readonly queuedOutside: number;

  @WholeNumber({ description: 'trucks between gate-in and gate-out' })
  readonly onSite: number;

  @WholeNumber({ description: 'those of them that wait for a driver' })
  readonly waitingForDriver: number;

  @WholeNumber()
  readonly driversOnDuty: number;

  @WholeNumber()
  readonly driversIdle: number;

  @WholeNumber()
  readonly runsOut: number;

  @WholeNumber({ description: 'those of them that are past the time that they were due' })
  readonly runsOverdue: number;

  @WholeNumber({ description: 'open exceptions' })
  readonly exceptions: number;

  @WholeNumber({ description: 'its stations, in whatever state' })
  readonly stations: number;

  @WholeNumber({ description: 'those of them that are suspended or closed' })
  readonly stationsNotOpen: number;

  @WholeNumber({ description: 'open alerts that are warnings' })
  readonly alertsWarn: number;

  @WholeNumber({ description: 'open alerts that are critical' })
  readonly alertsCritical: number;

  @Nested(() => CapacityFigure, { list: true, mostItems: 10 })
  readonly capacity: readonly CapacityFigure[];
}

/** Trucks that left in the last full hour, beside those of the same hour of the days before. */
export class LastHourResponse {
  @Instant({ description: 'when it began' })
  readonly hour: string;

  @WholeNumber()
  readonly now: number;

  @WholeNumber({ optional: true, description: 'absent where nothing was counted yet' })
  readonly yesterday?: number;

  @Quantity({ optional: true, description: 'mean of the up to seven days before that were counted' })
  readonly usual?: number;
}

/** Every area that the caller may see, and all of them together. */
export class OverviewResponse {
  @Instant()
  readonly asOf: string;

  @Nested(() => CapacityFigure, { list: true, mostItems: 10, description: 'of all areas together' })
  readonly capacity: readonly CapacityFigure[];

  @Nested(() => LastHourResponse, { description: 'of all areas together' })
  readonly lastHour: LastHourResponse;

  @Nested(() => AreaOverview, { list: true, mostItems: 10_000 })
  readonly areas: readonly AreaOverview[];
}
