import Table from 'cli-table3';
import { ruleTitles } from './rule.js';
import type { RuleReport, VerifyReport } from './verify-report.js';

/** The languages that the report is printed in. */
export type ReportLanguage = 'en' | 'zh';

interface Words {
  readonly head: readonly string[];
  readonly titles: readonly string[];
  readonly at: (position: string, subject: string) => string;
  readonly good: (events: number) => string;
  readonly bad: (events: number, violations: number) => string;
  readonly unknown: (types: string) => string;
}

const words: Readonly<Record<ReportLanguage, Words>> = {
  en: {
    head: ['Rule', 'What must hold', 'Checked', 'Violations', 'First violation'],
    titles: ruleTitles,
    at: (position, subject) => `position ${position}, ${subject}`,
    good: (events) => `${events} events: every rule holds.`,
    bad: (events, violations) => `${events} events: ${violations} violations.`,
    unknown: (types) => `Types unknown to this version, not interpreted: ${types}`,
  },
  zh: {
    head: ['规则', '必须成立', '检查次数', '违反', '首次违反'],
    titles: [
      '每一行都符合事件格式约定',
      '事件号唯一；序号、位置、前一位置与前一摘要无缺口、无改动',
      '一辆车最多有一次未结束的到站作业',
      '一辆车始终只有一个责任方；一名司机最多是一辆车的责任方',
      '一名司机最多有一个有效指派，一次换驾最多有一个有效指派',
      '换驾依次开始、完成，且已查验、已授权、签字齐全',
      '换驾完成后才放行；一次作业只出站一次，由当时的责任方驾车',
      '不得指派不符合条件的司机',
      '一个换驾位同一时间只有一次换驾；中转站暂停或关闭时不得开始换驾',
      '每个已请求的换驾都有进展，或说明等待原因',
      '仅凭事件即可重建：引用完整，统计一致',
    ],
    at: (position, subject) => `位置 ${position}，${subject}`,
    good: (events) => `共 ${events} 个事件：全部规则成立。`,
    bad: (events, violations) => `共 ${events} 个事件：发现 ${violations} 处违反。`,
    unknown: (types) => `本版本未知、未解释的事件类型：${types}`,
  },
};

/** The report as a table and a closing line, ready for a terminal. */
export function printVerifyReport(report: VerifyReport, lang: ReportLanguage = 'en'): string {
  const say = words[lang];
  const all = [report.form, ...report.rules];
  const table = new Table({
    head: [...say.head],
    colWidths: [6, 40, 12, 12, 60],
    wordWrap: true,
    wrapOnWordBoundary: lang === 'en',
    style: { head: [], border: [] },
  });
  for (const rule of all) table.push(rowOf(rule, say));
  const violations = all.reduce((sum, rule) => sum + rule.violations, 0);
  const lines = [table.toString(), report.ok ? say.good(report.events) : say.bad(report.events, violations)];
  const unknown = Object.entries(report.unknownTypes).map(([type, count]) => `${type} (${count})`);
  if (unknown.length > 0) lines.push(say.unknown(unknown.join(', ')));
  return `${lines.join('\n')}\n`;
}

function rowOf({ rule, title, checked, violations, first }: RuleReport, say: Words): string[] {
  const example = first ? `${say.at(first.position, first.subject)}\n${first.message}` : '';
  return [String(rule), say.titles[rule] ?? title, String(checked), String(violations), example];
}
