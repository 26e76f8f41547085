import type { NoticeLanguage } from './notice.js';

/**
 * Everything that a notice may say. Codes and names of places, plates, instants, counts and words of ours: there is none for a
 * person's name, phone or identity number, nor for free text.
 */
export const noticeFields = [
  'area',
  'station',
  'bay',
  'plate',
  'alert',
  'level',
  'value',
  'threshold',
  'trucks',
  'since',
  'at',
] as const;
export type NoticeField = (typeof noticeFields)[number];

/** What one notice says; what is missing is empty. */
export type NoticeValues = Readonly<Partial<Record<NoticeField, string>>>;

interface Template {
  /**
   * Who reads it. `duty`: rooms and lists whose members nobody checks, so that no plate is in it. `truck`: who drives that very truck,
   * is to take it over, or owns it. `carrier`: a carrier's contact, of what is not about a truck.
   */
  readonly readers: 'duty' | 'truck' | 'carrier';
  /** How long it is of use, seconds: after that it is not sent any more. */
  readonly usefulForSeconds: number;
  readonly zh: string;
  readonly en: string;
}

const minute = 60;
const hour = 60 * minute;

/** Every notice, with `{field}` where a value stands. What is in `[ ]` is left out where its value is empty. */
export const noticeTemplates = {
  alert_opened: {
    readers: 'duty',
    usefulForSeconds: 2 * hour,
    zh: '{level}：{area}[ {station}]{alert}，{value}（阈值{threshold}）[，涉及{trucks}辆车]。始于{since}。',
    en: '{level}: {area}[ {station}], {alert}: {value} (threshold {threshold})[, {trucks} trucks]. Since {since}.',
  },
  alert_raised: {
    readers: 'duty',
    usefulForSeconds: 2 * hour,
    zh: '升为{level}：{area}[ {station}]{alert}，{value}（阈值{threshold}）[，涉及{trucks}辆车]。始于{since}。',
    en: 'Now {level}: {area}[ {station}], {alert}: {value} (threshold {threshold})[, {trucks} trucks]. Since {since}.',
  },
  alert_escalated: {
    readers: 'duty',
    usefulForSeconds: 2 * hour,
    zh: '超时无人认领，{level}：{area}[ {station}]{alert}，{value}[，涉及{trucks}辆车]。始于{since}。',
    en: 'Nobody is at it, {level}: {area}[ {station}], {alert}: {value}[, {trucks} trucks]. Since {since}.',
  },
  alert_resolved: {
    readers: 'duty',
    usefulForSeconds: hour,
    zh: '已解除：{area}[ {station}]{alert}。始于{since}，止于{at}。',
    en: 'Over: {area}[ {station}], {alert}. From {since} to {at}.',
  },
  called_to_bay: {
    readers: 'truck',
    usefulForSeconds: 10 * minute,
    zh: '请{plate}到{station}[ {bay}号位]。',
    en: '{plate}, please come to {station}[, bay {bay}].',
  },
  call_withdrawn: {
    readers: 'truck',
    usefulForSeconds: 10 * minute,
    zh: '{plate}在{station}的叫号已撤回，请等候再次叫号。',
    en: '{plate}: you are not called to {station} any more. Please wait until you are called again.',
  },
  truck_returning: {
    readers: 'truck',
    usefulForSeconds: hour,
    zh: '{plate}已从区内返程[，应于{at}前回到{station}]，请接车司机到站。',
    en: '{plate} is on its way back[, due at {station} by {at}]. Its driver is expected there.',
  },
  no_driver_yet: {
    readers: 'truck',
    usefulForSeconds: 30 * minute,
    zh: '{plate}在{station}暂无接车司机，站点正在处理，请等候。',
    en: '{plate} at {station}: there is no driver for it yet. The station is at it, please wait.',
  },
  arrival_moved: {
    readers: 'truck',
    usefulForSeconds: 4 * hour,
    zh: '{plate}的到站已改，请到{station}[，此安排到{at}]。',
    en: '{plate} is to come to {station} instead[, until {at}].',
  },
  endpoint_gone: {
    readers: 'carrier',
    usefulForSeconds: 24 * hour,
    zh: '贵公司的事件接收地址答复不再接收，已于{since}停用推送。事件不会丢失，请登录驿站控制台“订阅”处理。',
    en: 'Your endpoint has answered that it wants no more events: it was disabled at {since}. Nothing is lost; see Subscriptions in the console.',
  },
  endpoint_failing: {
    readers: 'carrier',
    usefulForSeconds: 24 * hour,
    zh: '贵公司的事件接收地址连续一周未能接收，已于{since}停用推送。事件不会丢失，请登录驿站控制台“订阅”处理。',
    en: 'Your endpoint has taken no event for a week: it was disabled at {since}. Nothing is lost; see Subscriptions in the console.',
  },
} as const satisfies Readonly<Record<string, Template>>;

export type NoticeTemplate = keyof typeof noticeTemplates;
export const noticeTemplateNames = Object.keys(noticeTemplates) as readonly NoticeTemplate[];

export const noticeTemplate = (name: NoticeTemplate): Template => noticeTemplates[name];

/** What a notice says. */
export function noticeText(name: NoticeTemplate, values: NoticeValues, language: NoticeLanguage): string {
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_match, field: string) => impersonal(values[field as NoticeField] ?? ''));
  const isKnown = (part: string): boolean =>
    [...part.matchAll(/\{(\w+)\}/g)].every(([, field]) => (values[field as NoticeField] ?? '') !== '');
  const text = noticeTemplate(name)[language].replaceAll(/\[([^\]]*)\]/g, (_match, part: string) =>
    isKnown(part) ? part : '',
  );
  return filled(text);
}

/** Eleven digits of a mobile in China, and an identity number. */
const numbersOfPersons = /(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/g;

/** What looks like somebody's number is blotted out, whatever brought it: a place may have been named so. */
export const impersonal = (text: string): string =>
  text.replaceAll(numbersOfPersons, (number) => '*'.repeat(number.length));

export const impersonalValues = (values: NoticeValues): NoticeValues =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, impersonal(value)]));
