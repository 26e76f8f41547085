import type { Provider, Type } from '@nestjs/common';
import { EscalateException } from '../exceptions/escalate-exception.js';
import { WatchStation } from '../exceptions/watch-station.js';
import { WatchVisit } from '../exceptions/watch-visit.js';
import { ExpireAssignment } from '../handoffs/expire-assignment.js';
import { ReachZoneEnd } from '../network/zones/reach-zone-end.js';
import { BecomeOverdue } from '../runs/become-overdue.js';
import { Timers, WHAT_TIMERS_DO, type WhatTimersDo } from './timers.js';

/** What happens when its time has come, a line for each kind. */
export const timerProviders: Provider[] = [
  {
    provide: WHAT_TIMERS_DO,
    inject: [ExpireAssignment, BecomeOverdue, ReachZoneEnd, EscalateException, WatchVisit, WatchStation],
    useFactory: (
      expireAssignment: ExpireAssignment,
      becomeOverdue: BecomeOverdue,
      reachZoneEnd: ReachZoneEnd,
      escalateException: EscalateException,
      watchVisit: WatchVisit,
      watchStation: WatchStation,
    ): WhatTimersDo => ({
      assignment_expiry: expireAssignment,
      run_overdue: becomeOverdue,
      zone_end: reachZoneEnd,
      exception_due: escalateException,
      visit_watch: watchVisit,
      station_watch: watchStation,
    }),
  },
  Timers,
];
export const timerControllers: Type[] = [];
