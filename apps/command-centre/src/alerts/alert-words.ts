import type { NoticeLanguage, NoticeValues } from '@yizhan/notices';
import type { StandingAlert } from './alert.js';
import type { AlertLevel, AlertRule, AlertUnit } from './alert-rule.js';
import { alertRule, quietHours } from './alert-rules.js';

const levels: Readonly<Record<NoticeLanguage, Readonly<Record<AlertLevel, string>>>> = {
  zh: { warn: '预警', critical: '严重' },
  en: { warn: 'Warning', critical: 'Critical' },
};
const one = (value: number): string => String(Math.round(value * 10) / 10);
const units: Readonly<Record<NoticeLanguage, Readonly<Record<AlertUnit, (value: number) => string>>>> = {
  zh: {
    seconds: (value) => `${Math.round(value / 60)}分钟`,
    trucks: (value) => `${one(value)}辆`,
    trucks_per_bay: (value) => `每车位${one(value)}辆`,
  },
  en: {
    seconds: (value) => `${Math.round(value / 60)} min`,
    trucks: (value) => `${one(value)} trucks`,
    trucks_per_bay: (value) => `${one(value)} trucks per bay`,
  },
};

/** What a notice says of an alert: never which trucks, as nobody knows who reads it. */
export function alertValues(
  { rule: name, level, label, stationCode, value, count, openedAt }: StandingAlert,
  areaCode: string,
  at: number,
  language: NoticeLanguage,
  names: Readonly<Record<string, string>>,
): NoticeValues {
  const rule = alertRule(name);
  const inWords = units[language][rule.unit];
  return {
    area: names[areaCode] ?? areaCode,
    station: names[stationCode] ?? stationCode,
    alert: label === '' ? rule[language] : `${rule[language]} ${label}`,
    level: levels[language][level],
    value: `${inWords(value)}${messagesOf(rule, count, language)}`,
    threshold: inWords(rule[level].at),
    trucks: count > 0 && rule.counts === 'trucks' && rule.unit !== 'trucks' ? String(count) : '',
    since: localTime(openedAt),
    at: localTime(at),
  };
}

const messagesOf = ({ counts }: AlertRule, count: number, language: NoticeLanguage): string => {
  if (counts !== 'messages' || count === 0) return '';
  return language === 'zh' ? `、${count}条待推送` : `, ${count} messages`;
};

/** Such as `03-02 10:05`, in the local time by which hours are quiet. */
const localTime = (instant: number): string =>
  new Date(instant + quietHours.utcOffsetMinutes * 60_000).toISOString().slice(5, 16).replace('T', ' ');
