import type { Language } from '../report-sheets/sheet.js';

const zh = {
  swap: '车辆交接单',
  plan: '换驾预约单',
  reprint: '补打',
  electronic: '电子件',
  station: '中转站',
  plate: '车牌号',
  trailer: '挂车',
  flow: '方向',
  from: '交车方',
  to: '接车司机',
  custodyAt: '责任转移时间',
  plannedAt: '计划换驾时间',
  returnAt: '计划返回时间',
  bay: '换驾位',
  carrier: '承运商',
  consignments: '货物',
  seal: '铅封',
  intact: '完好',
  broken: '破损',
  items: '交接物品',
  odometer: '里程表 (km)',
  fuel: '油量 (%)',
  reservations: '保留事项',
  none: '无',
  signatures: '签字',
  offgoing: '交车',
  oncoming: '接车',
  witness: '见证',
  signHere: '签字栏',
  handoffNo: '编号',
  printedAt: '打印时间',
  verify: '任一中转站可离线核验此码',
  key: '密钥',
};

type Words = typeof zh;

const en: Words = {
  swap: 'Handoff slip',
  plan: 'Slip for a planned handoff',
  reprint: 'REPRINT',
  electronic: 'ELECTRONIC COPY',
  station: 'Station',
  plate: 'Plate',
  trailer: 'Trailer',
  flow: 'Direction',
  from: 'Handed over by',
  to: 'Taken over by',
  custodyAt: 'Responsibility moved',
  plannedAt: 'Planned start',
  returnAt: 'Planned return',
  bay: 'Bay',
  carrier: 'Carrier',
  consignments: 'Consignments',
  seal: 'Seal',
  intact: 'intact',
  broken: 'broken',
  items: 'Items',
  odometer: 'Odometer (km)',
  fuel: 'Fuel (%)',
  reservations: 'Reservations',
  none: 'none',
  signatures: 'Signatures',
  offgoing: 'off-going',
  oncoming: 'on-coming',
  witness: 'witness',
  signHere: 'Sign here',
  handoffNo: 'No.',
  printedAt: 'Printed',
  verify: 'Any station verifies this code offline',
  key: 'Key',
};

export const slipWords: Readonly<Record<Language, Words>> = { zh, en };

const itemNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  keys: { zh: '钥匙', en: 'keys' },
  vehicle_licence: { zh: '行驶证', en: 'vehicle licence' },
  transport_permit: { zh: '道路运输证', en: 'transport permit' },
  waybill: { zh: '运单', en: 'waybill' },
  pass: { zh: '通行证', en: 'pass' },
  etc_card: { zh: 'ETC 卡', en: 'ETC card' },
  toll_card: { zh: '通行卡', en: 'toll card' },
  recorder_card: { zh: '记录仪卡', en: 'recorder card' },
  fuel_card: { zh: '加油卡', en: 'fuel card' },
};

const methodNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  link: { zh: '手机签字', en: 'on the phone' },
  token: { zh: '本人登录', en: 'signed in' },
  pin: { zh: 'PIN', en: 'PIN' },
  paper: { zh: '纸上签字', en: 'on paper' },
  operator_for_absent: { zh: '操作员代签', en: 'by the operator for who is absent' },
};

/** How somebody has signed, in words; a way without any is shown as it is. */
export const nameOfMethod = (method: string, language: Language): string =>
  (Object.hasOwn(methodNames, method) ? methodNames[method]?.[language] : undefined) ?? method;

/** What people call an item; one without a name is shown as it is. */
export const nameOfItem = (code: string, language: Language): string =>
  (Object.hasOwn(itemNames, code) ? itemNames[code]?.[language] : undefined) ?? code;
