import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventName, parseEventType, type YizhanEvent } from '@yizhan/contracts';

const folder = join(__dirname, '../../libs/contracts/examples');

/** Every frozen example of the event contract, by the name of its file. */
export const exampleEvents: ReadonlyMap<string, YizhanEvent> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as YizhanEvent]),
);

/** `handoff.completed` of `yizhan.handoff.completed.v1`. */
export function nameOf({ type }: YizhanEvent): EventName {
  const parsed = parseEventType(type);
  if (!parsed) throw new Error(`${type} is no type of ours`);
  return parsed.name as EventName;
}

/** The examples of one type. */
export function examplesOf<N extends EventName>(name: N): YizhanEvent<N>[] {
  return [...exampleEvents.values()].filter((event): event is YizhanEvent<N> => nameOf(event) === name);
}
