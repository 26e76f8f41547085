import { exitCodes, type ExitCode } from '@yizhan/process';
import type { CommandOptions } from './command-options.js';
import { atGroup, readGroups, readPosition } from './parked-groups.js';
import { detailText, discardedTable, eventTable, quarantinedTable, summaryTable } from './parked-tables.js';
import { inLanguage, print, printJson, tell } from './screen.js';

export interface GroupOptions extends CommandOptions {
  readonly group?: string;
}

export interface ListOptions extends GroupOptions {
  readonly type?: string;
  readonly error?: string;
  readonly subject?: string;
}

/** Of each group; more than that nobody reads line by line. */
const longestList = 1_000;

/** Shows what holds subjects up, by handler and error. */
export async function sumUpParked(options: GroupOptions): Promise<ExitCode> {
  const groups = await readGroups(options, ({ group, parked }) => parked.summary(group));
  show(groups, options, summaryTable);
  return exitCodes.ok;
}

/** Shows what could not be handled, in the order of the log. */
export async function listParked(options: ListOptions): Promise<ExitCode> {
  const { type, error, subject } = options;
  const events = await readGroups(options, ({ group, parked }) =>
    parked.list({ group, type, error, subject }, { limit: longestList }),
  );
  show(
    events.toSorted((a, b) => a.position - b.position),
    options,
    eventTable,
  );
  return exitCodes.ok;
}

/** Shows one parked event whole. */
export async function showParked(group: string, text: string, options: CommandOptions): Promise<ExitCode> {
  const position = readPosition(text);
  const { document, ...event } = await atGroup(options, group, ({ parked }) => parked.show(group, position));
  const found = { ...event, event: JSON.parse(document) as object };
  if (options.json) printJson(found);
  else print(detailText(found));
  return exitCodes.ok;
}

/** Shows what was left out, by whom and why. */
export async function listDiscarded(options: GroupOptions): Promise<ExitCode> {
  const events = await readGroups(options, ({ group, discarded }) => discarded.list(group, { limit: longestList }));
  const whole = events.map(({ document, ...event }) => ({ ...event, event: JSON.parse(document) as object }));
  show(whole, options, discardedTable);
  return exitCodes.ok;
}

/** Shows messages that could not be read as an event. */
export async function listQuarantined(options: GroupOptions): Promise<ExitCode> {
  const messages = await readGroups(options, ({ group, quarantined }) =>
    quarantined.list(group, { limit: longestList }),
  );
  show(messages, options, quarantinedTable);
  return exitCodes.ok;
}

function show<T>(rows: readonly T[], { json }: CommandOptions, tableOf: (rows: readonly T[]) => string): void {
  if (json) printJson(rows);
  else print(rows.length === 0 ? inLanguage({ en: 'there is nothing', zh: '没有内容' }) : tableOf(rows));
  if (rows.length < longestList) return;
  tell(
    inLanguage({
      en: `the first ${longestList} of each group are shown; --group, --type, --error or --subject say which`,
      zh: `每个消费组只显示前 ${longestList} 项；可用 --group、--type、--error、--subject 限定`,
    }),
  );
}
