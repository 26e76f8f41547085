import type { Provider, Type } from '@nestjs/common';
import { ActivatePlan } from './activate-plan.js';
import { EndPlan } from './end-plan.js';
import { PlanRow, PlanTemplateRow } from './plan.entity.js';
import { PlansController } from './plans.controller.js';
import { Plans } from './plans.reader.js';
import { StorePlan } from './store-plan.js';

/** What one act opens, and another ends. */
export const planProviders: Provider[] = [StorePlan, ActivatePlan, EndPlan, Plans];
export const planControllers: Type[] = [PlansController];
export const planEntities = [PlanRow, PlanTemplateRow];
