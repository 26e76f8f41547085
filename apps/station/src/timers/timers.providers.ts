import type { Provider, Type } from '@nestjs/common';
import type { TimerKind } from '../cases/truck-case.js';
import { EscalateException } from '../exceptions/escalate-exception.js';
import { WatchStation } from '../exceptions/watch-station.js';
import { WatchVisit } from '../exceptions/watch-visit.js';
import { ExpireAssignment } from '../handoffs/expire-assignment.js';
import { ExpireThrottle } from '../lane-throttles/end-throttle.js';
import { LapseLoan } from '../lending/end-loan.js';
import { ReachZoneEnd } from '../network/zones/reach-zone-end.js';
import { BecomeOverdue } from '../runs/become-overdue.js';
import { Timers, WHAT_TIMERS_DO, type WhatTimersDo } from './timers.js';

/** What happens when its time has come, a line for each kind. */
const whatFires: Readonly<Record<TimerKind, Type>> = {
  assignment_expiry: ExpireAssignment,
  run_overdue: BecomeOverdue,
  zone_end: ReachZoneEnd,
  exception_due: EscalateException,
  visit_watch: WatchVisit,
  station_watch: WatchStation,
  loan_offer: LapseLoan,
  throttle_end: ExpireThrottle,
};

export const timerProviders: Provider[] = [
  {
    provide: WHAT_TIMERS_DO,
    inject: Object.values(whatFires),
    useFactory: (...useCases: WhatTimersDo[TimerKind][]): WhatTimersDo =>
      Object.fromEntries(Object.keys(whatFires).map((kind, index) => [kind, useCases[index]])) as WhatTimersDo,
  },
  Timers,
];
export const timerControllers: Type[] = [];
