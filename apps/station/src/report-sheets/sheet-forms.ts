import type { CellKind, SheetColumn, SheetForm, SheetName } from './sheet.js';

const column = (id: string, zh: string, en: string, kind: CellKind = 'text', width = 12): SheetColumn => ({
  id,
  title: { zh, en },
  kind,
  width,
});

const station = column('stationCode', '中转站', 'Station', 'text', 12);
const plate = column('plate', '车牌号', 'Plate', 'text', 12);
const flow = column('flow', '方向', 'Direction', 'code', 8);

/** Every report as it is printed where nobody has changed its template. */
export const sheetForms: Readonly<Record<SheetName, SheetForm>> = {
  daily: {
    name: 'daily',
    title: { zh: '中转站日报表', en: 'Daily report of the relay station' },
    columns: [
      station,
      column('section', '项目', 'Section', 'code', 16),
      column('item', '内容', 'Item', 'code', 22),
      column('intoZone', '进区', 'Into zone', 'number', 10),
      column('outOfZone', '出区', 'Out of zone', 'number', 10),
      column('total', '合计', 'Total', 'number', 10),
    ],
  },
  visits: {
    name: 'visits',
    title: { zh: '车辆进出台账', en: 'Ledger of trucks in and out' },
    columns: [
      station,
      plate,
      flow,
      column('arrivedAt', '进站时间', 'Arrived', 'instant', 20),
      column('broughtBy', '进站责任方', 'Brought by', 'text', 16),
      column('departedAt', '离站时间', 'Departed', 'instant', 20),
      column('leftWith', '离站责任方', 'Left with', 'text', 16),
      column('outcome', '结果', 'Outcome', 'code', 12),
      column('reasons', '原因', 'Reasons', 'code', 18),
      column('stayMinutes', '在站分钟', 'Minutes there', 'number', 10),
      column('carrierId', '承运商', 'Carrier', 'text', 14),
      column('tonnes', '吨数', 'Tonnes', 'number', 10),
      column('runId', '往返趟次', 'Run', 'text', 38),
      column('visitId', '作业编号', 'Visit', 'text', 38),
    ],
  },
  drivers: {
    name: 'drivers',
    title: { zh: '司机台账', en: 'Ledger of drivers' },
    columns: [
      column('driverId', '司机编号', 'Driver', 'text', 16),
      column('side', '区内外', 'Side', 'code', 8),
      column('brought', '送达车次', 'Trucks brought', 'number', 10),
      column('tookOver', '接车次数', 'Trucks taken over', 'number', 10),
      column('handedOver', '交车次数', 'Trucks handed over', 'number', 10),
      column('runs', '往返趟次', 'Runs begun', 'number', 10),
      column('runHours', '趟次小时', 'Hours on runs', 'number', 10),
      column('shifts', '班次', 'Shifts', 'number', 8),
      column('shiftHours', '当班小时', 'Hours on shift', 'number', 10),
    ],
  },
  disinfection: {
    name: 'disinfection',
    title: { zh: '消杀台账', en: 'Ledger of disinfection' },
    columns: [
      station,
      column('checkedAt', '消杀查验时间', 'Checked', 'instant', 20),
      plate,
      flow,
      column('passed', '合格', 'Passed', 'flag', 8),
      column('reason', '原因', 'Reason', 'code', 16),
      column('broughtBy', '送达司机', 'Brought by', 'text', 16),
      column('policy', '规则包', 'Policy', 'text', 22),
      column('visitId', '作业编号', 'Visit', 'text', 38),
    ],
  },
  handover: {
    name: 'handover',
    title: { zh: '交接班记录', en: 'Shift handover' },
    columns: [
      column('section', '项目', 'Section', 'code', 16),
      column('subject', '对象', 'Subject', 'text', 16),
      column('state', '状态', 'State', 'code', 16),
      column('since', '起始时间', 'Since', 'instant', 20),
      column('detail', '说明', 'Detail', 'code', 30),
    ],
  },
  waits: {
    name: 'waits',
    title: { zh: '车辆等待对账单', en: 'Statement of waits' },
    columns: [
      station,
      plate,
      flow,
      column('arrivedAt', '进站时间', 'Arrived', 'instant', 20),
      column('calledAt', '叫号时间', 'Called', 'instant', 20),
      column('swappedAt', '换驾时间', 'Swapped', 'instant', 20),
      column('releasedAt', '放行时间', 'Released', 'instant', 20),
      column('departedAt', '离站时间', 'Departed', 'instant', 20),
      column('byStation', '等中转站分钟', 'Minutes for the station', 'number', 12),
      column('byCarrier', '等承运商分钟', 'Minutes for the carrier', 'number', 12),
      column('byDriverPool', '等中转司机分钟', 'Minutes for a relay driver', 'number', 12),
      column('causes', '等待原因', 'Waited for', 'code', 30),
      column('visitId', '作业编号', 'Visit', 'text', 38),
    ],
  },
};
