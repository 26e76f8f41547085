import { type EventName, isEvent, type YizhanEvent } from '@yizhan/contracts';
import { instant } from '../kpis/fact.js';
import type { StatedCapacity, UsedCapacity } from '../kpis/kpi.js';
import { capacitySources } from '../kpis/kpis.js';

/** What an enterprise counts for, as `command_centre.enterprises` keeps it. */
export interface DescribedEnterprise {
  readonly areaCode: string;
  readonly enterpriseId: string;
  readonly countyCode: string;
  readonly aboveScale: boolean;
  readonly outputWeight: number;
  readonly usualLoadsIn: number | null;
  readonly usualLoadsOut: number | null;
}

/** What an enterprise kept up from an instant on, as one source says. */
export interface CapacityReport {
  readonly areaCode: string;
  readonly enterpriseId: string;
  readonly source: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of what is usual; may be more than 100. */
  readonly percent: number;
}

const sources: readonly (readonly [string, StatedCapacity | UsedCapacity])[] = Object.entries(capacitySources).flatMap(
  ([name, source]) => (source.operator === 'flow' ? [] : [[name, source] as const]),
);

/** The events that say what enterprises count for and keep up; none of them is ever taken back. */
export const capacityNames: readonly EventName[] = [
  ...new Set(['enterprise.described' as const, ...sources.map(([, { event }]) => event)]),
];

/** Of each enterprise what was said last. */
export function describedIn(events: readonly YizhanEvent[]): DescribedEnterprise[] {
  const { into_zone: usualIn, out_of_zone: usualOut } = capacitySources.flow.usualPerDay;
  const newest = new Map<string, DescribedEnterprise>();
  for (const event of events) {
    if (!isEvent(event, 'enterprise.described')) continue;
    const { enterpriseId, countyCode, aboveScale, outputWeight } = event.data;
    newest.set(keyOf(event.partitionkey, enterpriseId), {
      areaCode: event.partitionkey,
      enterpriseId,
      countyCode,
      aboveScale,
      outputWeight,
      usualLoadsIn: event.data[usualIn] ?? null,
      usualLoadsOut: event.data[usualOut] ?? null,
    });
  }
  return [...newest.values()];
}

/** Of each enterprise, source and instant what was said last. @throws where an event says no time. */
export function reportedIn(events: readonly YizhanEvent[]): CapacityReport[] {
  const newest = new Map<string, CapacityReport>();
  for (const event of events) {
    for (const [source, definition] of sources) {
      if (event.type !== `yizhan.${definition.event}.v1`) continue;
      const said = keptUp(definition, event);
      const { enterpriseId = '' } = event.data as { enterpriseId?: string };
      if (said === undefined) continue;
      const report = { areaCode: event.partitionkey, enterpriseId, source, ...said };
      newest.set(keyOf(report.areaCode, enterpriseId, source, String(report.at)), report);
    }
  }
  return [...newest.values()];
}

const day = 86_400_000;
const keyOf = (...parts: readonly string[]): string => parts.join('\u0000');

function keptUp(
  source: StatedCapacity | UsedCapacity,
  { time, data }: YizhanEvent,
): Pick<CapacityReport, 'at' | 'percent'> | undefined {
  const values = data as unknown as Readonly<Record<string, string | number | undefined>>;
  if (source.operator === 'stated') {
    const percent = values[source.percent];
    return percent === undefined ? undefined : { at: instant(time), percent: Number(percent) };
  }
  const [from, at] = [instant(String(values[source.from])), instant(String(values[source.to]))];
  const usual = (Number(values[source.usualPerDay]) * (at - from)) / day;
  // Beside nothing there is no share.
  return usual > 0 ? { at, percent: (Number(values[source.used]) * 100) / usual } : undefined;
}
