import Table from 'cli-table3';
import { type ParkedEvent, ParkedEvents } from '@yizhan/event-log';
import { type Database, servicePlaces } from '@yizhan/persistence';
import { badInput, exitCodes, type ExitCode } from '../runtime/fault.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { type CommandOptions, databaseOf } from './command-options.js';
import { inLanguage, print, printJson } from './screen.js';

/** Services that consume events, by the name of their group. */
const consumers = { station: servicePlaces.station, scheduler: servicePlaces.scheduler };

type Group = keyof typeof consumers;

/** Shows what could not be handled, in the order of the log. */
export async function listParked(options: CommandOptions): Promise<ExitCode> {
  const events = await databaseOf(options, 'parked', async (server) => {
    const all: ParkedEvent[] = [];
    for (const place of Object.values(consumers)) {
      const database = await openPlace(server, place, 1);
      all.push(...(await parkedOf(database, place.schema).list()));
      await database.close();
    }
    return all;
  });
  if (options.json) printJson(events);
  else print(events.length === 0 ? inLanguage({ en: 'nothing is parked', zh: '没有搁置的事件' }) : tableOf(events));
  return exitCodes.ok;
}

/** Lets a subject be tried again from its first parked event on. */
export async function releaseParked(group: string, subject: string, options: CommandOptions): Promise<ExitCode> {
  if (!isGroup(group)) {
    throw badInput(`no consumer is named ${group}`, `Name one of ${Object.keys(consumers).join(', ')}.`);
  }
  const place = consumers[group];
  const released = await databaseOf(options, 'parked', async (server) => {
    const database = await openPlace(server, place, 1);
    const count = await parkedOf(database, place.schema).release(group, subject);
    await database.close();
    return count;
  });
  if (released === 0) {
    throw badInput(`nothing of ${subject} is parked by ${group}`, '"npx yizhan parked list" shows what is.');
  }
  if (options.json) printJson({ group, subject, released });
  else
    print(
      inLanguage({ en: `released ${released} events of ${subject}`, zh: `已放行 ${subject} 的 ${released} 个事件` }),
    );
  return exitCodes.ok;
}

const isGroup = (text: string): text is Group => text in consumers;

const parkedOf = (database: Database, schema: string): ParkedEvents => new ParkedEvents(database, schema);

function tableOf(events: readonly ParkedEvent[]): string {
  const head = inLanguage({
    en: ['Group', 'Position', 'Subject', 'Type', 'State', 'Attempts', 'Error'],
    zh: ['消费组', '位置', '对象', '类型', '状态', '次数', '错误'],
  });
  const table = new Table({ head, style: { head: [], border: [] }, wordWrap: true });
  for (const { group, position, subject, type, state, attempts, error } of events) {
    table.push([
      group,
      String(position),
      subject,
      type,
      state,
      String(attempts),
      { content: error ?? '', wordWrap: true },
    ]);
  }
  return table.toString();
}
