import type { Provider, Type } from '@nestjs/common';
import { ExpireAssignment } from '../handoffs/expire-assignment.js';
import { ReachZoneEnd } from '../network/zones/reach-zone-end.js';
import { BecomeOverdue } from '../runs/become-overdue.js';
import { Timers, WHAT_TIMERS_DO, type WhatTimersDo } from './timers.js';

/** What happens when its time has come, a line for each kind. */
export const timerProviders: Provider[] = [
  {
    provide: WHAT_TIMERS_DO,
    inject: [ExpireAssignment, BecomeOverdue, ReachZoneEnd],
    useFactory: (
      expireAssignment: ExpireAssignment,
      becomeOverdue: BecomeOverdue,
      reachZoneEnd: ReachZoneEnd,
    ): WhatTimersDo => ({
      assignment_expiry: expireAssignment,
      run_overdue: becomeOverdue,
      zone_end: reachZoneEnd,
    }),
  },
  Timers,
];
export const timerControllers: Type[] = [];
