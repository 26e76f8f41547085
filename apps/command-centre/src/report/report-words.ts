import { exceptionCodes, type ExceptionCode, knownCheckItems } from '@yizhan/policy';
import type { InBoth, PrintLanguage } from '@yizhan/print';
import { alertRules } from '../alerts/alert-rules.js';
import { capacitySources, kpiNames, kpis } from '../kpis/kpis.js';

const both = (zh: string, en: string): InBoth => ({ zh, en });

/** Short names, as the console has them; in Chinese those of `docs/kpis.md`. */
const kpiTitles: Readonly<Record<string, string>> = {
  arrivals: 'Arrived',
  departures: 'Departed',
  queue_outside: 'Queue outside',
  queue_inside: 'Queue inside',
  driver_wait: 'Wait for a driver',
  swap_time: 'Swap',
  dwell: 'Dwell',
  turn_time: 'Turn time',
  slot_adherence: 'Announced arrivals',
  driver_no_shows: 'Drivers who did not come',
  truck_no_shows: 'Called trucks that did not come',
  declines: 'Declined by drivers',
  aborts: 'Handoffs aborted',
  holds: 'Holds on cargo',
  check_failures: 'Failed items of checks',
  loads: 'Loads of enterprises',
  exceptions: 'Exceptions opened',
  exception_age: 'Exceptions until their end',
  runs_overdue: 'Runs overdue',
  run_time: 'Run time',
};

const sources: Readonly<Record<string, InBoth>> = {
  reported: both(capacitySources.reported.zh, 'As enterprises report it'),
  electricity: both(capacitySources.electricity.zh, 'Electricity against last quarter'),
  flow: both(capacitySources.flow.zh, 'Estimate from truck flow'),
};

const codes: Readonly<Record<string, InBoth>> = {
  into_zone: both('进区', 'into the zone'),
  out_of_zone: both('出区', 'out of the zone'),
  normal: both('正常', 'without exception'),
  exception: both('有异常', 'with an exception'),
  swapped: both('已换驾', 'swapped'),
  no_swap_needed: both('无需换驾', 'no swap needed'),
  turned_away: both('劝返', 'turned away'),
  redirected: both('改道', 'redirected'),
  early: both('早到', 'early'),
  on_time: both('准时', 'on time'),
  late: both('晚到', 'late'),
  returned: both('返回', 'returned'),
  warn: both('预警', 'warning'),
  critical: both('严重', 'critical'),
  station: both('站点可控', 'station'),
  driver: both('司机感受', 'driver'),
  tired: both('疲劳', 'tired'),
  unwell: both('身体不适', 'unwell'),
  truck_not_safe: both('车辆不安全', 'truck not safe'),
  too_far: both('距离太远', 'too far'),
  personal: both('个人原因', 'personal'),
  no_identity_document: both('没有身份证件', 'no identity document'),
  not_the_named_driver: both('不是预报的司机', 'not the named driver'),
  fever: both('发热', 'fever'),
  drunk: both('饮酒', 'drunk'),
  not_in_order: both('不符合要求', 'not in order'),
  brakes: both('制动', 'brakes'),
  tyres: both('轮胎', 'tyres'),
  lights: both('灯光', 'lights'),
  overloaded: both('超载', 'overloaded'),
  no_pass: both('没有通行证', 'no pass'),
  expired: both('已过期', 'expired'),
  other_truck: both('不是本车', 'of another truck'),
  driver_not_named: both('未列司机', 'driver not named'),
  other_route: both('路线不符', 'another route'),
  not_declared: both('未申报', 'not declared'),
  missing: both('缺失', 'missing'),
  torn: both('破损', 'torn'),
  other_number: both('号码不符', 'another number'),
  recalled: both('已召回', 'recalled'),
  not_done: both('未做', 'not done'),
  incomplete: both('不完整', 'incomplete'),
  seal_mismatch: both('铅封不符', 'seal differs'),
  vehicle_defect: both('车辆故障', 'vehicle defect'),
  driver_unfit: both('司机不适合驾驶', 'driver unfit'),
  papers_missing: both('单证不全', 'papers missing'),
  paper_missing: both('单证不全', 'paper missing'),
  cargo_damaged: both('货物受损', 'cargo damaged'),
  inspection: both('待检查', 'to be inspected'),
};

const checks = new Map(knownCheckItems.map(({ check, title }) => [check, title]));

/** What people call the names and codes of the figures; one without a name is shown as it is. */
export class Names {
  readonly #named: Readonly<Record<string, string>>;

  /** @param named areas and stations by their codes */
  constructor(
    readonly language: PrintLanguage,
    named: Readonly<Record<string, string>> = {},
  ) {
    this.#named = named;
  }

  kpi(kpi: string): string {
    const known = kpiNames.find((name) => name === kpi);
    if (known === undefined) return kpi;
    return this.language === 'zh' ? kpis[known].zh : (kpiTitles[known] ?? kpis[known].en);
  }

  /** Which part of a figure: one code, or an item of a check with its reason. */
  part(split: string): string {
    const [item = '', reason] = split.split('/');
    if (reason !== undefined || checks.has(item)) {
      const title = checks.get(item)?.[this.language] ?? item;
      return reason === undefined ? title : `${title} · ${this.code(reason)}`;
    }
    return this.code(split);
  }

  code(code: string): string {
    return (Object.hasOwn(codes, code) ? codes[code]?.[this.language] : undefined) ?? code;
  }

  exception(code: string): string {
    return Object.hasOwn(exceptionCodes, code) ? exceptionCodes[code as ExceptionCode][this.language] : code;
  }

  rule(rule: string): string {
    return Object.hasOwn(alertRules, rule) ? alertRules[rule as keyof typeof alertRules][this.language] : rule;
  }

  source(source: string): string {
    return sources[source]?.[this.language] ?? source;
  }

  /** A station or an area. */
  place(code: string): string {
    return (Object.hasOwn(this.#named, code) ? this.#named[code] : undefined) ?? code;
  }
}

/** Titles and sentences of the report; `{name}` stands for a value. */
export const reportWords = {
  title_day: both('指挥中心日报', 'Daily report of the command centre'),
  title_week: both('指挥中心周报', 'Weekly report of the command centre'),
  county: both('区县', 'County'),
  period: both('统计时段', 'Period'),
  as_of: both('数据截至', 'As of'),
  page: both('第 {page} 页 共 {pages} 页', 'Page {page} of {pages}'),
  nothing: both('本时段无记录', 'nothing in this period'),
  more: both('另有 {number} 行，见 Excel 文件', '{number} more lines are in the Excel file'),
  unknown: both('数据说明与未知情况', 'What the figures do not say'),

  table_summary: both('主要指标', 'Key figures'),
  table_times: both('用时', 'Times'),
  table_causes: both('结果与原因', 'Outcomes and causes'),
  table_stations: both('各站情况', 'Stations'),
  table_days: both('逐日', 'By day'),
  table_hours: both('逐小时', 'By the hour'),
  table_alerts: both('告警', 'Alerts'),
  table_alert_list: both('告警明细', 'Each alert'),
  table_exceptions: both('异常', 'Exceptions'),
  table_capacity: both('产能保持率', 'Capacity kept'),
  table_figures: both('全部指标', 'Every figure'),

  figure: both('指标', 'Figure'),
  name: both('代码', 'Name'),
  value: both('本期', 'This time'),
  per_day: both('日均', 'A day'),
  before_per_day: both('前几日日均', 'A day before'),
  change: both('变化', 'Change'),
  direction: both('方向', 'Direction'),
  part: both('分项', 'Part'),
  whose: both('谁的用时', 'Whose time'),
  count: both('次数', 'Count'),
  trucks: both('车次', 'Trucks'),
  before_p50: both('前几日 P50', 'P50 before'),
  before_p90: both('前几日 P90', 'P90 before'),
  station: both('站点', 'Station'),
  day: both('日期', 'Day'),
  hour: both('小时', 'Hour'),
  arrivals_in: both('进区到站', 'Arrived, in'),
  arrivals_out: both('出区到站', 'Arrived, out'),
  departures: both('离站', 'Departed'),
  departures_before: both('前几日同时离站', 'Departed, mean before'),
  wait_p50: both('等司机 P50', 'Driver wait P50'),
  wait_p90: both('等司机 P90', 'Driver wait P90'),
  dwell_p50: both('在站 P50', 'Dwell P50'),
  dwell_p90: both('在站 P90', 'Dwell P90'),
  turn_p90: both('周转 P90', 'Turn time P90'),
  no_shows: both('司机爽约', 'No-shows'),
  declines: both('拒单', 'Declines'),
  exceptions: both('异常单', 'Exceptions'),
  alerts: both('告警', 'Alerts'),
  rule: both('告警', 'Alert'),
  stood: both('出现', 'Stood'),
  critical: both('严重', 'Critical'),
  acknowledged: both('已有人处理', 'Seen to'),
  escalated: both('已升级', 'Escalated'),
  at_end: both('期末未结', 'At the end'),
  longest: both('最长', 'Longest'),
  opened_at: both('开始', 'Since'),
  resolved_at: both('结束', 'Until'),
  level: both('级别', 'Level'),
  licence: both('准驾', 'Licence'),
  acknowledged_by: both('处理人', 'Seen to by'),
  opened: both('新增', 'Opened'),
  ended: both('办结', 'Ended'),
  open_now: both('目前未结', 'Open now'),
  source: both('来源', 'Source'),
  place: both('范围', 'Of'),
  kept: both('至少保持 %', 'Kept at least, %'),
  kept_before: both('期初至少 %', 'At the start, %'),
  kept_covered: both('已覆盖企业 %', 'Of those covered, %'),
  covered: both('覆盖企业', 'Covered'),
  enterprises: both('规上企业', 'Above scale'),
  whole: both('合计', 'In all'),

  chart_hours: both('每小时车次', 'Trucks by the hour'),
  chart_days: both('逐日车次', 'Trucks by day'),
  chart_times: both('逐日用时（分钟）', 'Times by day, minutes'),
  chart_stations: both('各站离站车次', 'Departed, by station'),

  running: both(
    '本时段尚未结束，数字到 {time} 为止；次数不与前几日比较。',
    'This time is not over: figures are as of {time}, and counts are not compared with the days before.',
  ),
  compared: both(
    '前几日：本时段之前 {days} 天；次数按日均，用时按这些天全部车次计算，有异常的车也在内。',
    'Before: as many days before this time as were counted, which is {days}. Counts are means a day; times are of all trucks of those days, those with an exception too.',
  ),
  not_compared: both(
    '本时段之前没有完整的一天，无从比较。',
    'No whole day before this time was counted: there is nothing to compare with.',
  ),
  counted_since: both('本区自 {time} 起有统计，更早的情况未知。', 'Nothing of this area was counted before {time}.'),
  not_counted_then: both(
    '本时段早于统计的开始（{time}），未统计：下列各数为 0，并不说明没有车辆。',
    'This time was before anything was counted ({time}): that a figure is 0 does not say that there were no trucks.',
  ),
  counted_never: both('本区还没有任何统计。', 'Nothing of this area was counted yet.'),
  silent: both(
    '这些站点本时段没有车辆进出记录，可能停用，也可能没有记录上来：{stations}。',
    'At these stations no truck was recorded, as none came or as nothing was told: {stations}.',
  ),
  on_site: both(
    '目前有 {number} 车在站，它们的用时要到离站时才计入。',
    '{number} trucks are at the stations now: their times are counted when they leave.',
  ),
  no_station: both(
    '有 {number} 张异常单未注明站点，只计入合计。',
    '{number} exceptions name no station, and are in the whole alone.',
  ),
  held_up: both(
    '有 {number} 条事件未能计入，等待处理；数字可能偏少。',
    '{number} events could not be counted and wait for somebody: figures may be too low.',
  ),
  to_come: both('还有 {number} 条事件尚未计入。', '{number} events are still to be counted.'),
  late: both(
    '断网时的记录恢复后补报，按实际发生的小时计入；撤销的记录不计。之后重出的报表可能与本报表不同。',
    'What is told late, after a time without a network, is counted in the hour in which it happened, and what is taken back never was: a later report of the same time may differ.',
  ),
  coverage: both(
    '产能：{source}只有 {covered} / {enterprises} 家企业的数据；没有数据的企业按停产计，所以是至少保持的比例。',
    'Capacity, {source}: known of {covered} of {enterprises} enterprises. Who says nothing counts as keeping nothing, so it is at least so much.',
  ),
  alerts_left_out: both(
    '告警明细只列最近 {number} 条。',
    'Of the alerts only the newest {number} are listed one by one.',
  ),
  definitions: both(
    '指标定义见 docs/kpis.md；百分位误差不超过 1.5 %。',
    'Figures are defined in docs/kpis.md; percentiles are within 1.5 %.',
  ),
} as const satisfies Readonly<Record<string, InBoth>>;

export type ReportWord = keyof typeof reportWords;

/** A title or sentence in one language. */
export function say(
  word: ReportWord,
  language: PrintLanguage,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return reportWords[word][language].replaceAll(/\{(\w+)\}/g, (_place, name: string) => String(values[name] ?? ''));
}
