import type { Provider, Type } from '@nestjs/common';
import { CancelDuty } from './cancel-duty.js';
import { DutyRow } from './duty.entity.js';
import { PlanDuty } from './plan-duty.js';
import { RosterController } from './roster.controller.js';
import { StartDuty } from './start-duty.js';

/** The roster. */
export const dutyProviders: Provider[] = [PlanDuty, CancelDuty, StartDuty];
export const dutyControllers: Type[] = [RosterController];
export const dutyEntities = [DutyRow];
