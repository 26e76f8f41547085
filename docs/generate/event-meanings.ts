import type { EventName } from '@yizhan/contracts';
import { driverMeanings } from './driver-meanings.js';
import type { EventMeaning } from './event-meaning.js';

/** By type, in the order in which readers meet them. */
export const eventMeanings: Readonly<Record<EventName, EventMeaning>> = {
  'visit.announced': {
    zh: '一辆车预报到站；可以再次发出，以最新的为准。',
    en: 'A truck is announced. It may come again: the newest holds.',
  },
  'visit.queued': {
    zh: '车辆取号排队，在站外或站内等候。',
    en: 'The truck gets a ticket and waits, outside the station or inside it.',
  },
  'visit.called': { zh: '叫号：车辆可以进入，或前往指定的换驾位。', en: 'The truck is called in, or to a bay.' },
  'visit.call_ended': {
    zh: '叫号后未到，或叫号被撤回；换驾位重新空出。',
    en: 'The truck did not come when it was called, or the call is withdrawn; the bay is free again.',
  },
  'visit.arrived': {
    zh: '车辆进场，驿站开始跟踪由谁负责。',
    en: 'The truck comes in at the gate; from here on it is tracked who answers for it.',
  },
  'visit.checked': {
    zh: '一次查验有了结果；可以再次查验，以最后一次为准。',
    en: 'A check has an outcome. It may come again: the last one holds.',
  },
  'visit.departed': {
    zh: '车辆出场，写明结果和责任方。',
    en: 'The truck leaves, with its outcome and with who answers for it.',
  },
  'visit.moved': {
    zh: '预报的车辆改到另一站；若仍到原站，也照常入站。',
    en: 'An announced truck is to come to another station; where it comes to the former one it arrives there.',
  },
  'visit.cancelled': {
    zh: '预报取消；只在到站之前。',
    en: 'An announcement is taken back; only before the truck arrives.',
  },
  'handoff.requested': {
    zh: '车辆已就绪，需要接车司机。',
    en: 'The truck is ready and waits for a driver to take it over.',
  },
  'handoff.assigned': {
    zh: '指派了接车司机（调度程序或操作员）。',
    en: 'A driver is assigned, by the scheduler or by an operator.',
  },
  'handoff.suggested': {
    zh: '在由人确认的中转站，调度程序建议了一名司机；尚未指派。',
    en: 'Where operators confirm, the scheduler suggests a driver; nobody is assigned yet.',
  },
  'handoff.override_requested': {
    zh: '有人申请特批，须由另一人批准；过期后作废。',
    en: 'Somebody asks a second person for an override. It lapses when its time is over.',
  },
  'handoff.override_approved': {
    zh: '另一人批准特批：有效期内可用一次。',
    en: 'A second person lets the override be made once, in time.',
  },
  'handoff.override_refused': { zh: '另一人不批准特批。', en: 'A second person refuses the override.' },
  'handoff.accepted': { zh: '被指派的司机接受。', en: 'The driver who is assigned accepts.' },
  'handoff.assignment_ended': {
    zh: '指派结束：拒绝、过期、未到或撤回；车辆重新等待司机。',
    en: 'An assignment ends: declined, expired, no show or withdrawn. The truck waits for a driver again.',
  },
  'handoff.started': {
    zh: '双方司机在换驾位，承运商已同意；此后只会完成或中止。',
    en: 'Both drivers are in the bay and the carrier has agreed. From here on it only completes or aborts.',
  },
  'handoff.completed': {
    zh: '三方签字，责任在 custodyAt 转移。',
    en: 'Three have signed: responsibility moves at custodyAt.',
  },
  'handoff.aborted': {
    zh: '这次换驾未成；再试是新的 handoffId。',
    en: 'This try ends without a swap. A new try has another handoffId.',
  },
  'cargo.held': {
    zh: '货物暂不放行：查验不合格或有人暂扣。',
    en: 'The cargo is held: a check has failed, or somebody has put it on hold.',
  },
  'cargo.hold_lifted': { zh: '人工暂扣被解除。', en: 'A hold that somebody has put on is lifted.' },
  'cargo.released': {
    zh: '换驾完成且查验合格，货物放行。',
    en: 'After a completed handoff and a passed check the cargo is released.',
  },
  'assignment.refused': {
    zh: '调度程序的提议被中转站拒绝，写明原因。',
    en: 'The station refuses what the scheduler has proposed, and says why.',
  },
  'assignment.proposed': {
    zh: '调度程序提议一名司机，附比较过的其他人选。',
    en: 'The scheduler proposes a driver, with whom else it has weighed.',
  },
  'assignment.withheld': {
    zh: '目前没有司机可以接车，写明被哪些规则排除了多少人。',
    en: 'Nobody can take the truck for now, with how many each rule keeps out.',
  },
  'exception.opened': {
    zh: '偏离正常流程：开立异常单，有责任人和期限。',
    en: 'Something left the normal path: an exception opens, with who has to act and by when.',
  },
  'exception.escalated': {
    zh: '期限已过，异常单转交上一级。',
    en: 'Its time is over: the exception goes to the next level.',
  },
  'exception.acknowledged': { zh: '有人接手这张异常单。', en: 'Somebody takes note of the exception.' },
  'exception.assigned': { zh: '异常单交给某人处理。', en: 'The exception is given to somebody.' },
  'exception.noted': {
    zh: '异常单有了新的备注；内容另存，不在事件中。',
    en: 'A note is made on the exception; its text is kept elsewhere.',
  },
  'exception.resolved': { zh: '异常单了结，写明如何了结。', en: 'The exception ends, with how.' },
  'custody.moved': {
    zh: '责任在换驾之外转移：寄存、取车，或代替缺席的司机。',
    en: 'Responsibility moves without a handoff: parked, taken up again, or for an absent driver.',
  },
  'truck.registered': {
    zh: '登记一辆车：车牌、所需驾照、承运商。',
    en: 'A truck becomes known: its plate, the licence that it needs, its carrier.',
  },
  'truck.changed': {
    zh: '车辆的登记内容改变，以此为准。',
    en: 'What is known of a truck changes: it is so from now on.',
  },
  'run.opened': {
    zh: '往返趟次开始：车辆离开中转站进入区内，或反之。',
    en: 'A run begins: the truck goes on from the station, into the zone or out of it.',
  },
  'run.return_planned': {
    zh: '定下由谁把车开回，以及在哪里等候。',
    en: 'It is settled who takes the truck back, and where he waits.',
  },
  'run.reached': { zh: '车辆到达企业。', en: 'The truck reaches the enterprise.' },
  'run.unloaded': { zh: '卸货完成。', en: 'It is unloaded.' },
  'run.loaded': { zh: '装货完成。', en: 'It is loaded.' },
  'run.left': { zh: '车辆离开企业。', en: 'It leaves the enterprise.' },
  'run.overdue': { zh: '车辆超过应回时间仍未返回。', en: 'The truck is not back by the time at which it was due.' },
  'run.closed': {
    zh: '趟次结束：返回、封闭解除或留在区内。',
    en: 'The run ends: the truck is back, the zone is lifted, or it stays.',
  },
  'record.retracted': {
    zh: '一条记录被撤回，或由另一条取代；在此之前的决定仍有效。',
    en: 'A record is taken back, or replaced by another. What was decided before stands.',
  },
  ...driverMeanings,
  'station.opened': {
    zh: '中转站启用：换驾位、位置、服务的区域。',
    en: 'A station opens: its bays, its place, the zones that it serves.',
  },
  'station.suspended': { zh: '中转站暂停：不再开始换驾。', en: 'The station is suspended: no handoff starts.' },
  'station.resumed': { zh: '中转站恢复。', en: 'The station goes on.' },
  'station.closed': { zh: '中转站关闭。', en: 'The station closes.' },
  'station.cut_off': {
    zh: '中转站与所属区域失去联系：不再从外部为站内司机派单，由站内人员自行安排。',
    en: 'The station cannot be reached: its drivers are assigned by its own operators only.',
  },
  'station.reconnected': {
    zh: '中转站恢复联系。',
    en: 'The station can be reached again.',
  },
  'station.changed': {
    zh: '中转站的位置或服务的区域改变。',
    en: 'Where the station stands, or which zones it serves, changes.',
  },
  'station.assignment_mode_changed': {
    zh: '指派方式改变：自动或由人确认。',
    en: 'Whether proposals are assigned at once or confirmed by operators changes.',
  },
  'station.bays_changed': { zh: '换驾位增减。', en: 'Bays are added or closed.' },
  'station.rest_places_changed': { zh: '休息位数量改变。', en: 'The number of rest places changes.' },
  'station.hours_changed': { zh: '开放时间改变。', en: 'The opening hours change.' },
  'station.shift_handed_over': {
    zh: '交班的值班站长签署了当时的情况。',
    en: 'The outgoing shift lead has signed how the station stands.',
  },
  'station.shift_taken_over': {
    zh: '接班的值班站长签署了同一份情况。',
    en: 'The incoming shift lead has signed the same picture.',
  },
  'zone.activated': {
    zh: '一个区域封闭：级别、县、中转站、规则包。',
    en: 'A zone closes: its level, counties, stations and policy.',
  },
  'zone.changed': { zh: '区域的级别、期限或规则包改变。', en: 'The level, the end or the policy of a zone changes.' },
  'zone.end_reached': {
    zh: '设定的时间已到；在有人解除之前仍然封闭。',
    en: 'The time set for the zone is over; it stays closed until somebody lifts it.',
  },
  'zone.place_added': { zh: '区域内增加一个地点。', en: 'A place in the zone is added.' },
  'zone.place_closed': { zh: '区域内一个地点关闭。', en: 'A place in the zone is closed.' },
  'zone.lifted': { zh: '区域解除封闭。', en: 'The zone is open again.' },
  'policy.published': { zh: '发布一个规则包版本。', en: 'A version of a policy is published.' },
  'plan.activated': {
    zh: '按预案一次启用区域、中转站和班次。',
    en: 'A plan opens a zone, its stations and duties in one act.',
  },
  'plan.ended': { zh: '预案结束。', en: 'The plan ends.' },
  'pass.issued': {
    zh: '签发通行证：一车、一线、指名的司机。',
    en: 'A pass is issued: one truck, one route, the drivers named on it.',
  },
  'pass.amended': { zh: '通行证的内容改变。', en: 'A pass is changed.' },
  'pass.revoked': { zh: '通行证作废。', en: 'A pass is revoked.' },
  'consent.given': {
    zh: '承运商事先同意其车辆换驾：全部、一条线路或一辆车。',
    en: 'A carrier agrees beforehand that its trucks are handed over: all, a lane, or one.',
  },
  'lane.throttled': {
    zh: '一条线路限流：任一小时内最多这么多辆车得到接车司机，其余等待；优先级足够高的不受限。',
    en: 'A lane is throttled: at most so many of its trucks get a driver in any hour, others wait; priority passes.',
  },
  'lane.throttle_ended': {
    zh: '线路限流结束：人为解除、到时，或由新的限流取代。',
    en: 'A throttle ends: lifted, at its time, or replaced by another one.',
  },
  'consent.revoked': {
    zh: '承运商撤销同意：此后不再据此开始换驾。',
    en: 'A carrier revokes a consent: no handoff starts with it from then on.',
  },
  'enterprise.readiness_changed': {
    zh: '企业的准备状态改变：愿意、就绪、启用或结束。',
    en: 'How ready an enterprise is changes: willing, ready, activated or ended.',
  },
  'enterprise.changed': {
    zh: '企业的优先级、停线时间或产能改变。',
    en: 'The priority, the stop-line time or the capacity of an enterprise changes.',
  },
  'enterprise.described': {
    zh: '指挥中心登记企业在产能保持率中的权重：所在县、是否规上、产出权重和平日车次。',
    en: 'The command centre says what an enterprise counts for in the capacity kept: county, above-scale or not, output, usual loads.',
  },
  'enterprise.electricity_reported': {
    zh: '企业上报用电量，与上季度日均用电对比。',
    en: 'The electricity that an enterprise used is reported, beside the daily mean of the last quarter.',
  },
  'case.opened': {
    zh: '指挥中心就一条告警或一张异常单立案，定牵头区和时限。',
    en: 'A command centre opens a case about an alert or an exception, with the area that has to act and until when.',
  },
  'case.accepted': { zh: '牵头区有人接办此案。', en: 'Somebody of the area that has to act takes the case.' },
  'case.handed_over': {
    zh: '案件移交给另一调度区，或区内另一人；须重新接办。',
    en: 'The case is handed over to another area, or to another person; it is to be accepted anew.',
  },
  'case.due_moved': { zh: '案件的时限改变。', en: 'The case is due at another instant.' },
  'case.noted': {
    zh: '案件有了新的记录；内容加密另存，不在事件中。',
    en: 'Something is written down about the case; the text is kept encrypted elsewhere.',
  },
  'case.overdue': { zh: '案件到时限仍未办结。', en: 'The case was not closed by the time that it was due.' },
  'case.closed': { zh: '案件办结，写明结果。', en: 'The case is closed, with how it came out.' },
};
