import { type DutySettings, type DutyStep, type NewNotice, noticeTemplate, type NoticeSettings } from '@yizhan/notices';
import type { AlertsAfter, StandingAlert } from './alert.js';
import { alertValues } from './alert-words.js';
import { quietUntil } from './quiet-hours.js';

/** What happened to an alert. */
export interface AlertChange {
  readonly step: DutyStep;
  readonly alert: StandingAlert;
}

/** What a look at an area has changed that somebody is to hear of. */
export function changesBetween(before: readonly StandingAlert[], after: AlertsAfter): AlertChange[] {
  const byId = new Map(before.map((alert) => [alert.alertId, alert]));
  const grown = after.standing.flatMap((alert): AlertChange[] => {
    const was = byId.get(alert.alertId);
    if (was?.raisedAt !== alert.raisedAt) return [{ step: 'raised', alert }];
    return alert.escalatedAt !== null && was.escalatedAt === null ? [{ step: 'escalated', alert }] : [];
  });
  return [
    ...after.opened.map((alert) => ({ step: 'opened', alert }) as const),
    ...grown,
    ...after.resolved.map((alert) => ({ step: 'resolved', alert }) as const),
  ];
}

/** A notice for each address of who is on duty for it. What is quiet waits for the morning, and is told then only where it still stands. */
export function noticesOf(
  { step, alert }: AlertChange,
  areaCode: string,
  at: number,
  { duties = [], names = {} }: NoticeSettings,
): NewNotice[] {
  const template = `alert_${step}` as const;
  const dueAt = quietUntil(alert.level, at);
  const about = aboutOf(alert);
  return duties
    .filter((duty) => isFor(duty, { step, alert }, areaCode))
    .flatMap((duty) => {
      const language = duty.language ?? 'zh';
      return addressesOf(duty).map(({ gateway, recipient }) => ({
        cause: `${about}/${step}/${sinceWhen(step, alert)}`,
        about,
        areaCode,
        stationCode: alert.stationCode,
        template,
        values: alertValues(alert, areaCode, at, language, names),
        recipient,
        gateway,
        language,
        dueAt,
        expiresAt: dueAt + noticeTemplate(template).usefulForSeconds * 1_000,
        isSequel: step === 'resolved',
      }));
    });
}

/** What is told about an alert takes the place of whatever was not sent about it yet. */
export const aboutOf = ({ alertId }: StandingAlert): string => `alert/${alertId}`;

/** An alert may be raised, and be escalated, more than once. */
const sinceWhen = (step: DutyStep, { openedAt, raisedAt, escalatedAt }: StandingAlert): number =>
  step === 'raised' ? raisedAt : step === 'escalated' ? (escalatedAt ?? openedAt) : openedAt;

function isFor(
  { areas, stations, levels, hears }: DutySettings,
  { step, alert: { stationCode, level } }: AlertChange,
  areaCode: string,
): boolean {
  return (
    (areas?.includes(areaCode) ?? true) &&
    (stations?.includes(stationCode) ?? true) &&
    (levels?.includes(level) ?? true) &&
    (hears?.includes(step) ?? true)
  );
}

function addressesOf({ name, texts = [], mails = [], robots = [] }: DutySettings) {
  const numbered = (gateway: string, addresses: readonly string[]) =>
    addresses.map((_address, index) => ({ gateway, recipient: `duty/${name}/${index + 1}` }));
  return [
    ...numbered('text', texts),
    ...numbered('mail', mails),
    // Of several duties in one group the group is told once.
    ...robots.map((robot) => ({ gateway: `robot/${robot}`, recipient: '' })),
  ];
}
