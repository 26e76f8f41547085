import type { DutySettings, NoticeSettings } from '@yizhan/notices';
import { alertsAfter, type StandingAlert } from './alert.js';
import { type AlertChange, changesBetween, noticesOf } from './alert-notices.js';
import { quietUntil } from './quiet-hours.js';

const minute = 60_000;
/** Ten in the morning in China. */
const morning = Date.parse('2026-03-02T02:00:00.000Z');
const elevenAtNight = Date.parse('2026-03-02T15:00:30.000Z');
const sixInTheMorning = Date.parse('2026-03-02T22:00:00.000Z');

const alert: StandingAlert = {
  alertId: 'a1',
  rule: 'long_dwell',
  key: 'long_dwell/jindong',
  stationCode: 'jindong',
  label: '',
  level: 'warn',
  value: 7_260,
  count: 3,
  subjects: ['visit/v1'],
  openedAt: morning,
  raisedAt: morning,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedBeforeAt: null,
  acknowledgedBeforeBy: null,
  escalatedAt: null,
};
const opened: AlertChange = { step: 'opened', alert };
const room: DutySettings = {
  name: 'room',
  texts: ['13800138000', '13900139000'],
  mails: ['d@example.org'],
  robots: ['r'],
};
const told = (change: AlertChange, duties: readonly DutySettings[], others: NoticeSettings = {}, at = morning) =>
  noticesOf(change, 'yiwu', at, { duties, ...others });

it('is told at each address of who is on duty, and never where that is', () => {
  const notices = told(opened, [room], { names: { yiwu: '义乌', jindong: '金东站' } });
  expect(notices.map(({ gateway, recipient }) => [gateway, recipient])).toEqual([
    ['text', 'duty/room/1'],
    ['text', 'duty/room/2'],
    ['mail', 'duty/room/1'],
    ['robot/r', ''],
  ]);
  expect(JSON.stringify(notices)).not.toMatch(/1[38]\d{9}|example/);
  expect(notices[0]).toMatchObject({
    template: 'alert_opened',
    values: {
      area: '义乌',
      station: '金东站',
      alert: '在站过久',
      level: '预警',
      value: '121分钟',
      threshold: '120分钟',
      trucks: '3',
      since: '03-02 10:00',
    },
    dueAt: morning,
    expiresAt: morning + 120 * minute,
  });
});

it('names no truck, whatever the alert is about', () => {
  const values = told(opened, [room]).map((each) => each.values);
  expect(JSON.stringify(values)).not.toContain('visit/');
  expect(values.every(({ plate }) => plate === undefined)).toBe(true);
});

it.each<[string, DutySettings, boolean]>([
  ['everything', { name: 'a' }, true],
  ['his area', { name: 'a', areas: ['yiwu'] }, true],
  ['another area', { name: 'a', areas: ['ningbo'] }, false],
  ['his station', { name: 'a', stations: ['jindong'] }, true],
  ['another station', { name: 'a', stations: ['pujiang'] }, false],
  ['what is critical', { name: 'a', levels: ['critical'] }, false],
  ['what nobody is at', { name: 'a', hears: ['escalated'] }, false],
])('who hears of %s', (_what, duty, hears) => {
  expect(told(opened, [{ ...duty, mails: ['d@example.org'] }])).toHaveLength(hears ? 1 : 0);
});

it('says of endpoints that get nothing how many messages wait, and nothing of trucks', () => {
  const backlog = { ...alert, rule: 'webhook_backlog', stationCode: '', count: 12 } as const;
  const inBoth = (['zh', 'en'] as const).map((language) => {
    const [{ values }] = told({ step: 'opened', alert: backlog }, [{ ...room, language }]);
    return [values.alert, values.value, values.trucks];
  });
  expect(inBoth).toEqual([
    ['推送积压', '121分钟、12条待推送', ''],
    [
      'longest time that a message about something here waits to be delivered to an endpoint',
      '121 min, 12 messages',
      '',
    ],
  ]);
});

it('waits for the morning where its level is quiet, and not where it is critical', () => {
  expect(quietUntil('warn', elevenAtNight)).toBe(sixInTheMorning);
  expect(quietUntil('warn', sixInTheMorning - 1)).toBe(sixInTheMorning);
  expect(quietUntil('warn', sixInTheMorning)).toBe(sixInTheMorning);
  expect(quietUntil('critical', elevenAtNight)).toBe(elevenAtNight);
  const [notice] = told(opened, [room], {}, elevenAtNight);
  expect([notice.dueAt, notice.expiresAt]).toEqual([sixInTheMorning, sixInTheMorning + 120 * minute]);
});

it('changes are what was opened, raised, escalated and resolved, and nothing else', () => {
  const at = morning + 60 * minute;
  const { rule, key, stationCode, label, count, subjects } = alert;
  const reading = { rule, key, stationCode, label, count, subjects };
  const look = (before: readonly StandingAlert[], value: number | undefined) =>
    changesBetween(
      before,
      alertsAfter(before, value === undefined ? [] : [{ ...reading, value }], at, () => 'new'),
    ).map(({ step, alert: { alertId } }) => [step, alertId]);
  expect(look([], 7_200)).toEqual([['opened', 'new']]);
  expect(look([{ ...alert, raisedAt: at, acknowledgedAt: at }], 7_300)).toEqual([]);
  expect(look([alert], 14_400)).toEqual([['raised', 'a1']]);
  expect(look([alert], 7_300)).toEqual([['escalated', 'a1']]);
  expect(look([{ ...alert, escalatedAt: at - 1 }], 7_300)).toEqual([]);
  expect(look([alert], undefined)).toEqual([['resolved', 'a1']]);
});

it('what was told is of use after an end only to whoever was told of the beginning', () => {
  expect(told(opened, [room])[0].isSequel).toBe(false);
  expect(told({ step: 'resolved', alert }, [room])[0].isSequel).toBe(true);
});
