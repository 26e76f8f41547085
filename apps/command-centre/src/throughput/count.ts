import { type EventName, eventType, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { type FigureOf, figures } from './figures.js';

/** Where one event adds one. */
export interface Count {
  /** Start of the UTC hour in which it happened, epoch milliseconds. */
  readonly hour: number;
  readonly areaCode: string;
  /** Empty where the event is of the whole area, or does not name its station. */
  readonly stationCode: string;
  readonly figure: string;
  /** Empty where the figure is not split. */
  readonly split: string;
}

const hourMilliseconds = 3_600_000;

const byType = new Map(
  Object.entries(figures).map(([name, figure]) => [eventType(name as EventName), figure as FigureOf<EventName>]),
);

/** Types of the events that are counted. */
export const countedTypes: readonly string[] = [...byType.keys()];

export function isCounted({ type }: YizhanEvent): boolean {
  return byType.has(type);
}

/** What an event adds to. It needs no other event, so that the figures are the same in whatever order events come. */
export function countOf({ type, time, partitionkey, data }: YizhanEvent): Count {
  const counted = byType.get(type);
  if (!counted) throw new Error(`no figure counts ${type}`);
  const happenedAt = parseInstant(time);
  if (happenedAt === undefined) throw new Error(`${time} is no instant`);
  return {
    hour: Math.floor(happenedAt / hourMilliseconds) * hourMilliseconds,
    areaCode: partitionkey,
    stationCode: 'stationCode' in data ? (data.stationCode ?? '') : '',
    figure: counted.figure,
    split: counted.split?.(data) ?? '',
  };
}
