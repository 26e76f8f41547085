import type { EventName } from '@yizhan/contracts';
import type { EventMeaning } from './event-meaning.js';

/** What happens to a driver, by type, in the order in which readers meet them. */
export const driverMeanings = {
  'driver.enrolled': {
    zh: '司机登记；可以再次发出，含当时已知的全部内容。',
    en: 'A driver becomes known. It may come again, with all that is known by then.',
  },
  'driver.changed': { zh: '司机的登记内容改变。', en: 'What is known of a driver changes.' },
  'driver.side_changed': { zh: '司机转到区内或区外。', en: 'The driver is inside a zone, or outside, from now on.' },
  'driver.erased': { zh: '司机的个人信息被永久删除。', en: 'Who the driver is has been erased for good.' },
  'driver.shift_planned': { zh: '排定一个班次。', en: 'A duty is planned.' },
  'driver.planned_shift_cancelled': { zh: '排定的班次取消。', en: 'A planned duty is cancelled.' },
  'driver.shift_started': { zh: '司机上班。', en: 'The driver’s shift begins.' },
  'driver.shift_ended': { zh: '司机下班。', en: 'The driver’s shift ends.' },
  'driver.rest_place_taken': {
    zh: '等候的区外司机占用一个休息位。',
    en: 'An outside driver who waits gets a rest place.',
  },
  'driver.rest_place_returned': { zh: '休息位空出。', en: 'The rest place is free again.' },
  'driver.meal_given': { zh: '发放一份餐食。', en: 'The driver is given a meal.' },
  'driver.meal_taken_back': {
    zh: '餐食登记有误，予以撤回。',
    en: 'The meal was written down by mistake.',
  },
  'driver.rest_recorded': { zh: '记录一段休息。', en: 'A rest is recorded.' },
  'driver.credential_granted': {
    zh: '证件生效：只有种类、期限和颁发者。',
    en: 'A credential is granted: only its kind, its time and its issuer.',
  },
  'driver.credential_recalled': { zh: '证件被收回。', en: 'A credential is recalled.' },
  'driver.recall_traced': {
    zh: '查明被收回证件的司机此后接触过的车辆和人员，并已通知。',
    en: 'What a recalled driver has touched since, whom he met and who was told.',
  },
  'driver.loan_offered': {
    zh: '一个调度区愿把司机借给另一调度区；两区各有一条。',
    en: 'An area offers another one a driver. Told in both areas, as all of a loan is.',
  },
  'driver.loan_ended': {
    zh: '借调未成：对方谢绝、收回、过期或取消；司机仍在原处。',
    en: 'The loan comes to nothing: declined, withdrawn, lapsed or called off. The driver stays where he was.',
  },
  'driver.lent': {
    zh: '对方接受借调：到岗之前司机仍属原调度区，不再接新车。',
    en: 'The loan is accepted: he is in his own pool until the other area has him, and gets nothing new there.',
  },
  'driver.pool_joined': {
    zh: '司机到岗，自此只属于这一调度区的司机池。',
    en: 'The area has him: from here on he is in its pool and in no other.',
  },
  'driver.return_begun': {
    zh: '借调结束，司机返回：到岗之前不再接新车。',
    en: 'He goes back to his own area, and gets nothing new meanwhile.',
  },
  'driver.returned': { zh: '借调的司机回到原调度区。', en: 'A driver who was lent is back in his own area.' },
} satisfies Partial<Record<EventName, EventMeaning>>;
