import type { InBoth, Language } from './sheet.js';

const names: Readonly<Record<string, InBoth>> = {
  into_zone: { zh: '进区', en: 'into zone' },
  out_of_zone: { zh: '出区', en: 'out of zone' },
  inside: { zh: '区内', en: 'inside' },
  outside: { zh: '区外', en: 'outside' },
  swapped: { zh: '已换驾', en: 'swapped' },
  no_swap_needed: { zh: '免换驾', en: 'no swap needed' },
  turned_away: { zh: '劝返', en: 'turned away' },
  redirected: { zh: '改道', en: 'redirected' },
  not_given: { zh: '未注明', en: 'not given' },

  trucks: { zh: '车辆', en: 'trucks' },
  present_at_start: { zh: '期初在站', en: 'there at the start' },
  arrived: { zh: '进站', en: 'arrived' },
  departed: { zh: '离站', en: 'departed' },
  present_at_end: { zh: '期末在站', en: 'there at the end' },
  outcomes: { zh: '离站结果', en: 'outcomes' },
  handoffs: { zh: '换驾', en: 'handoffs' },
  completed: { zh: '完成', en: 'completed' },
  aborted: { zh: '中止', en: 'aborted' },
  cargo_held: { zh: '货物暂扣', en: 'cargo held' },
  consignments: { zh: '货物票数', en: 'consignments' },
  tonnes: { zh: '货物吨数', en: 'tonnes' },
  consignments_without_tonnes: { zh: '未填吨数票数', en: 'consignments without tonnes' },
  drivers_brought: { zh: '送达司机', en: 'drivers who brought a truck' },
  drivers_took_over: { zh: '接车司机', en: 'drivers who took one over' },
  drivers_all: { zh: '司机合计', en: 'drivers in all' },
  stranded: { zh: '滞留', en: 'stranded' },
  runs: { zh: '往返趟次', en: 'runs' },
  opened: { zh: '开始', en: 'opened' },
  returned: { zh: '返回', en: 'returned' },
  closed_otherwise: { zh: '其他结束', en: 'closed otherwise' },
  overdue: { zh: '超时', en: 'overdue' },
  out_at_end: { zh: '期末未归', en: 'still out at the end' },
  exceptions_opened: { zh: '异常新增', en: 'exceptions opened' },
  exceptions_resolved: { zh: '异常办结', en: 'exceptions resolved' },
  exceptions_open: { zh: '异常未结', en: 'exceptions still open' },

  run_overdue: { zh: '趟次超时', en: 'run overdue' },
  seal_mismatch: { zh: '铅封不符', en: 'seal mismatch' },
  check_failed: { zh: '查验不合格', en: 'check failed' },
  no_show: { zh: '司机未到', en: 'no show' },
  custody_parked: { zh: '车辆寄存', en: 'truck parked' },
  shift_over_in_zone: { zh: '区内超班', en: 'shift over in the zone' },

  open_trucks: { zh: '在站车辆', en: 'trucks at the station' },
  holds: { zh: '暂扣货物', en: 'cargo held' },
  open_runs: { zh: '在途趟次', en: 'runs under way' },
  open_exceptions: { zh: '未结异常', en: 'open exceptions' },
  drivers_near_limits: { zh: '临近时限司机', en: 'drivers near their limits' },
  changes: { zh: '本班变化', en: 'changes of this shift' },
  swaps: { zh: '换驾完成', en: 'swaps' },
  runs_opened: { zh: '趟次开始', en: 'runs opened' },
  runs_returned: { zh: '趟次返回', en: 'runs returned' },
  rest_places: { zh: '休息位', en: 'rest places' },
  rest_places_taken: { zh: '占用休息位', en: 'rest places taken' },
  meals: { zh: '供餐', en: 'meals' },
  waiting: { zh: '等待', en: 'waiting' },
  requested: { zh: '待指派', en: 'waits for a driver' },
  assigned: { zh: '已指派', en: 'assigned' },
  accepted: { zh: '已接受', en: 'accepted' },
  started: { zh: '换驾中', en: 'swap under way' },
  held: { zh: '暂扣', en: 'held' },
  out: { zh: '在途', en: 'out' },
  check: { zh: '查验', en: 'check' },
  no_driver: { zh: '待指派司机', en: 'a driver' },
  driver_answer: { zh: '司机接单', en: 'the driver’s answer' },
  carrier_consent: { zh: '承运商同意', en: 'consent of the carrier' },
  bay: { zh: '换驾位', en: 'a bay' },
  release: { zh: '货物放行', en: 'release' },
  departure: { zh: '驶离', en: 'departure' },
  hours: { zh: '驾驶时限', en: 'hours limit' },
  shift_ends: { zh: '班次将止', en: 'shift ends' },
};

/** What people call a code; one without a name is shown as it is. */
export function nameOfCode(code: string, language: Language): string {
  return (Object.hasOwn(names, code) ? names[code]?.[language] : undefined) ?? code;
}

/** Several codes in one cell, such as the reasons of a departure. */
export const namesOfCodes = (codes: string, language: Language): string =>
  codes
    .split(' ')
    .map((code) => nameOfCode(code, language))
    .join(language === 'zh' ? '、' : ', ');
