/** Who has to act, one after the other: an operator of the station, its shift lead, the command centre of the area. */
export const exceptionRoles = ['operator', 'shift_lead', 'command_centre'] as const;
export type ExceptionRole = (typeof exceptionRoles)[number];

/** Who has to act, and within what time: then it is the next one's. */
export interface ExceptionStep {
  readonly role: ExceptionRole;
  readonly withinSeconds: number;
}

/** What holds for the exceptions of one code. */
export interface ExceptionRule {
  /** How long its cause lasts before it is opened, where that is not another rule's time. */
  readonly opensAfterSeconds?: number;
  /** How often its cause comes before it is opened. */
  readonly opensAtCount?: number;
  /** In rising order of role; empty where nobody has to act. */
  readonly steps: readonly ExceptionStep[];
}

/** Ways to leave the normal path. */
export type ExceptionCode =
  | 'no_driver'
  | 'driver_declined'
  | 'no_show'
  | 'check_failed'
  | 'seal_mismatch'
  | 'custody_parked'
  | 'run_overdue'
  | 'shift_over_in_zone'
  | 'station_suspended'
  | 'station_closed'
  | 'stranded'
  | 'turned_away'
  | 'driver_recalled'
  | 'offline_swap'
  | 'offline_refused';

export interface DescribedException {
  readonly zh: string;
  readonly en: string;
  /** What opens it. */
  readonly opens: string;
  /** What resolves it without a person. */
  readonly ends: string;
  /** What it is about: the prefix of its subject. */
  readonly about: 'visit' | 'run' | 'station' | 'driver';
  /** Where the policy pack says nothing else. */
  readonly usually: ExceptionRule;
}

const minutes = (count: number): number => count * 60;

/** The given times of the three roles; a role without a time is passed over. */
function steps(...within: readonly (number | undefined)[]): ExceptionStep[] {
  return exceptionRoles.flatMap((role, index) => {
    const withinSeconds = within[index];
    return withinSeconds === undefined ? [] : [{ role, withinSeconds }];
  });
}

/** Every code, with what it says to people and what holds for it where the policy pack says nothing else. */
export const exceptionCodes: Readonly<Record<ExceptionCode, DescribedException>> = {
  no_driver: {
    zh: '车辆已查验合格，超时仍无接车司机',
    en: 'The truck is ready and has no driver in time',
    opens: 'a requested handoff has had no driver for `opensAfterSeconds` since it was ready',
    ends: 'a driver is assigned, or the handoff is aborted or ends with its visit',
    about: 'visit',
    usually: {
      opensAfterSeconds: minutes(30),
      steps: steps(minutes(15), minutes(30), minutes(60)),
    },
  },
  driver_declined: {
    zh: '司机多次拒绝接车',
    en: 'Drivers have declined this truck',
    opens:
      'a handoff is declined for the time numbered `opensAtCount`, or once by a driver who is named for the return: there is hardly another one',
    ends: 'a driver accepts, or the handoff is aborted or ends with its visit',
    about: 'visit',
    usually: { opensAtCount: 2, steps: steps(minutes(10), minutes(20), minutes(60)) },
  },
  no_show: {
    zh: '已指派司机未到场',
    en: 'The assigned driver did not come',
    opens: 'the operator says that the driver is not there',
    ends: 'a driver starts the handoff, or the visit ends',
    about: 'visit',
    usually: { steps: steps(minutes(10), minutes(20), minutes(60)) },
  },
  check_failed: {
    zh: '查验不合格',
    en: 'A check has failed',
    opens: 'a check does not pass',
    ends: 'a new check passes, or the visit ends',
    about: 'visit',
    usually: { steps: steps(minutes(30), minutes(60), minutes(120)) },
  },
  seal_mismatch: {
    zh: '铅封号与记录不符',
    en: 'The seal is not the recorded one',
    opens: 'a handoff is aborted in the bay because the seal differs; the cargo is held',
    ends: 'a new check passes, or the visit ends',
    about: 'visit',
    usually: { steps: steps(undefined, minutes(30), minutes(60)) },
  },
  custody_parked: {
    zh: '车辆停放，由站点代管',
    en: 'The truck is parked in the custody of the station',
    opens: 'the custody of a truck at a station moves to the station',
    ends: 'somebody takes the truck',
    about: 'visit',
    usually: { steps: steps(minutes(60), minutes(120), minutes(240)) },
  },
  run_overdue: {
    zh: '车辆未按时返站',
    en: 'The truck is not back in time',
    opens: '`timers.overdueGraceSeconds` after the due-back time of an open run',
    ends: 'the run closes',
    about: 'run',
    usually: { steps: steps(minutes(15), minutes(30), minutes(60)) },
  },
  shift_over_in_zone: {
    zh: '司机下班时仍保管车辆',
    en: 'The shift of a driver is over and he still answers for a truck',
    opens: 'a shift ends while its driver is the custodian of a truck',
    ends: 'he hands the truck over, or its run closes',
    about: 'run',
    usually: { steps: steps(minutes(60), minutes(60), minutes(120)) },
  },
  station_suspended: {
    zh: '站点暂停作业，有车辆滞留等待',
    en: 'The station is suspended and trucks wait there',
    opens: 'trucks are at a station that has been suspended for `opensAfterSeconds`',
    ends: 'the station resumes, or the last truck has left',
    about: 'station',
    usually: { opensAfterSeconds: minutes(1), steps: steps(undefined, minutes(30), minutes(60)) },
  },
  station_closed: {
    zh: '站点已关闭，仍有车辆在站',
    en: 'The station is closed and trucks are still there',
    opens: 'trucks are at a station that has been closed for `opensAfterSeconds`',
    ends: 'the last truck has left',
    about: 'station',
    usually: { opensAfterSeconds: minutes(1), steps: steps(undefined, minutes(15), minutes(60)) },
  },
  stranded: {
    zh: '车辆滞留超时（4 小时以上）',
    en: 'The truck is stranded: it has waited too long at the station',
    opens: '`timers.strandedAfterSeconds` after the arrival of a truck that is still there; once in a visit',
    ends: 'the visit ends',
    about: 'visit',
    usually: { steps: steps(undefined, minutes(30), minutes(60)) },
  },
  turned_away: {
    zh: '车辆被劝返',
    en: 'The truck was turned away',
    opens: 'a visit departs as turned away; the reasons are on its departure',
    ends: 'at once: it is kept for the figures, and nobody has to act',
    about: 'visit',
    usually: { steps: [] },
  },
  driver_recalled: {
    zh: '司机资质被召回，须追踪处置（即采即走即追）',
    en: 'A driver who is expected here was recalled',
    opens:
      'a credential of a driver is recalled: one at each station where he is, is expected or brings a truck back to',
    ends: 'the credential is granted anew',
    about: 'driver',
    usually: { steps: steps(undefined, minutes(5), minutes(10)) },
  },
  offline_swap: {
    zh: '离线换驾与指派不符，已按事实补录',
    en: 'A swap that was made offline was recorded against a plan',
    opens: 'a tablet tells a swap whose driver was not, or no longer, the assigned one',
    ends: 'only by a person: it outlasts the visit',
    about: 'visit',
    usually: { steps: steps(undefined, minutes(60), minutes(240)) },
  },
  offline_refused: {
    zh: '离线记录与现状矛盾，未予采纳',
    en: 'What a tablet has logged offline could not be recorded',
    opens: 'a tablet tells a fact that contradicts what is known; what is true now was answered',
    ends: 'only by a person: it outlasts the visit',
    about: 'visit',
    usually: { steps: steps(undefined, minutes(30), minutes(60)) },
  },
};

/** Exceptions whose cause lies in the past: they do not end with the visit that they are about. */
export const outlastingVisits: ReadonlySet<ExceptionCode> = new Set(['offline_swap', 'offline_refused']);

/** What holds for a code under the rules of a pack, or where no pack is known. */
export function exceptionRule(
  rules: { readonly exceptions?: Readonly<Record<string, ExceptionRule>> } | undefined,
  code: ExceptionCode,
): ExceptionRule {
  return { ...exceptionCodes[code].usually, ...rules?.exceptions?.[code] };
}
