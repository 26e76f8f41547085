import type { Provider, Type } from '@nestjs/common';
import { EscalateException } from '../exceptions/escalate-exception.js';
import { WatchStation } from '../exceptions/watch-station.js';
import { WatchVisit } from '../exceptions/watch-visit.js';
import { ExpireAssignment } from '../handoffs/expire-assignment.js';
import { BecomeOverdue } from '../runs/become-overdue.js';
import { Timers, WHAT_TIMERS_DO, type WhatTimersDo } from './timers.js';

/** What happens when its time has come, a line for each kind. */
export const timerProviders: Provider[] = [
  {
    provide: WHAT_TIMERS_DO,
    inject: [ExpireAssignment, BecomeOverdue, EscalateException, WatchVisit, WatchStation],
    useFactory: (
      expireAssignment: ExpireAssignment,
      becomeOverdue: BecomeOverdue,
      escalateException: EscalateException,
      watchVisit: WatchVisit,
      watchStation: WatchStation,
    ): WhatTimersDo => ({
      assignment_expiry: expireAssignment,
      run_overdue: becomeOverdue,
      exception_due: escalateException,
      visit_watch: watchVisit,
      station_watch: watchStation,
    }),
  },
  Timers,
];
export const timerControllers: Type[] = [];
