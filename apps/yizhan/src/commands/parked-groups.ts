import { DiscardedEvents, ParkedEvents, QuarantinedMessages } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { badInput } from '@yizhan/process';
import type { ServiceDefinition } from '@yizhan/service-process';
import { serviceDefinitions } from '../runtime/definitions.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { type CommandOptions, databaseOf } from './command-options.js';

/** What one group could not handle. */
export interface GroupStore {
  readonly group: string;
  readonly parked: ParkedEvents;
  readonly discarded: DiscardedEvents;
  readonly quarantined: QuarantinedMessages;
}

/** Services that consume events: each is a group of its own name. */
const consumers = serviceDefinitions.filter(({ server }) => server !== undefined);

/** Reads from one group, or from all of them one after the other. @throws Fault for a name that no group has. */
export async function readGroups<T>(
  options: CommandOptions & { readonly group?: string },
  read: (store: GroupStore) => Promise<readonly T[]>,
): Promise<T[]> {
  const asked = options.group === undefined ? consumers : [consumerOf(options.group)];
  return atGroups(options, asked, read);
}

/** Works on one group. @throws Fault for a name that no group has, and for what the group refuses. */
export async function atGroup<T>(
  options: CommandOptions,
  group: string,
  work: (store: GroupStore) => Promise<T>,
): Promise<T> {
  const asked = consumerOf(group);
  const [result] = await atGroups(options, [asked], async (store) => [await work(store).catch(refuse)]);
  return result;
}

/** A place in the log. @throws Fault for what is none. */
export function readPosition(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw badInput(`${text} is no position`, 'Give a place in the log, such as 4711.');
}

function consumerOf(name: string): ServiceDefinition {
  const found = consumers.find((each) => each.name === name);
  if (found) return found;
  throw badInput(`no consumer is named ${name}`, `Name one of ${consumers.map((each) => each.name).join(', ')}.`);
}

function atGroups<T>(
  options: CommandOptions,
  asked: readonly ServiceDefinition[],
  work: (store: GroupStore) => Promise<readonly T[]>,
): Promise<T[]> {
  return databaseOf(options, 'parked', async (server) => {
    const results: T[] = [];
    for (const { name: group, place } of asked) {
      const database = await openPlace(server, place, 1);
      try {
        results.push(
          ...(await work({
            group,
            parked: new ParkedEvents(database, place.schema),
            discarded: new DiscardedEvents(database, place.schema),
            quarantined: new QuarantinedMessages(database, place.schema),
          })),
        );
      } finally {
        await database.close();
      }
    }
    return results;
  });
}

function refuse(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  throw badInput(error.message, '"npx yizhan parked list" shows what is parked.');
}
