import type {
  DiscardedEvent,
  ParkedEvent,
  ParkedEventDetail,
  ParkedSummary,
  QuarantinedMessage,
  SubjectEvent,
} from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import Table from 'cli-table3';
import { inLanguage } from './screen.js';

/** How much of an unreadable message a line shows; `--json` shows more. */
const shownRaw = 200;

export function summaryTable(rows: readonly ParkedSummary[]): string {
  return tableOf(
    {
      en: ['Group', 'Type', 'Error', 'Subjects', 'For a person', 'Events', 'Oldest', 'Since'],
      zh: ['消费组', '类型', '错误', '对象', '待人工', '事件', '最早位置', '自'],
    },
    rows.map((row) => [
      row.group,
      row.type,
      row.error ?? '',
      row.subjects,
      row.forPerson,
      row.events,
      row.oldestPosition,
      toIso(row.oldestParkedAt),
    ]),
  );
}

export function eventTable(rows: readonly ParkedEvent[]): string {
  return tableOf(
    {
      en: ['Group', 'Position', 'Subject', 'Type', 'State', 'Attempts', 'Error'],
      zh: ['消费组', '位置', '对象', '类型', '状态', '次数', '错误'],
    },
    rows.map((row) => [row.group, row.position, row.subject, row.type, row.state, row.attempts, row.error ?? '']),
  );
}

export function discardedTable(rows: readonly Omit<DiscardedEvent, 'document'>[]): string {
  return tableOf(
    {
      en: ['Group', 'Position', 'Subject', 'Type', 'Error', 'Reason', 'By', 'At'],
      zh: ['消费组', '位置', '对象', '类型', '错误', '理由', '操作人', '时间'],
    },
    rows.map((row) => [
      row.group,
      row.position,
      row.subject,
      row.type,
      row.error ?? '',
      row.reason,
      row.discardedBy,
      toIso(row.discardedAt),
    ]),
  );
}

export function quarantinedTable(rows: readonly QuarantinedMessage[]): string {
  return tableOf(
    { en: ['Group', 'Place', 'Reason', 'Message', 'At'], zh: ['消费组', '位置', '原因', '消息', '时间'] },
    rows.map(({ group, place, reason, raw, rawLength, quarantinedAt }) => [
      group,
      place,
      reason,
      rawLength > shownRaw ? `${raw.slice(0, shownRaw)}…` : raw,
      toIso(quarantinedAt),
    ]),
  );
}

/** Everything of one event: facts, what the log has of its subject, the document. */
export function detailText(found: Omit<ParkedEventDetail, 'document'> & { readonly event: object }): string {
  const waits = found.firstOfSubject < found.position;
  const facts: readonly (readonly [title: string, text: string])[] = [
    [inLanguage({ en: 'group', zh: '消费组' }), found.group],
    [inLanguage({ en: 'subject', zh: '对象' }), found.subject],
    [inLanguage({ en: 'type', zh: '类型' }), found.type],
    [inLanguage({ en: 'state', zh: '状态' }), found.state],
    [inLanguage({ en: 'attempts', zh: '次数' }), String(found.attempts)],
    [inLanguage({ en: 'error', zh: '错误' }), found.error ?? '–'],
    [inLanguage({ en: 'parked at', zh: '搁置于' }), toIso(found.parkedAt)],
    [
      inLanguage({ en: 'next attempt', zh: '下次尝试' }),
      found.nextAttemptAt === null ? '–' : toIso(found.nextAttemptAt),
    ],
    [inLanguage({ en: 'waits for', zh: '等待' }), waits ? String(found.firstOfSubject) : '–'],
    [inLanguage({ en: 'behind it', zh: '其后等待' }), String(found.behind)],
  ];
  return [
    ...facts.map(([title, text]) => `${title}: ${printable(text)}`),
    '',
    historyTable(found.history, found.position),
    '',
    ...JSON.stringify(found.event, null, 2).split('\n').map(printable),
  ].join('\n');
}

function historyTable(rows: readonly SubjectEvent[], shown: number): string {
  return tableOf(
    { en: ['', 'Position', 'Type', 'Recorded', 'State'], zh: ['', '位置', '类型', '记录于', '状态'] },
    rows.map(({ position, type, recordedAt, state }) => [
      position === shown ? '→' : '',
      position,
      type,
      toIso(recordedAt),
      state ?? '–',
    ]),
  );
}

function tableOf(
  head: { readonly en: readonly string[]; readonly zh: readonly string[] },
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = new Table({ head: [...inLanguage(head)], style: { head: [], border: [] } });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell))));
  return table.toString();
}

/** What others have written must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
