import type { Provider, Type } from '@nestjs/common';
import { BecomeOverdue } from './become-overdue.js';
import { CloseRun } from './close-run.js';
import { PlanReturn } from './plan-return.js';
import { RecordRunStep } from './record-run-step.js';
import { RunRow } from './run.entity.js';
import { RunsController, RunStepsController } from './runs.controller.js';
import { Runs } from './runs.reader.js';

/** What can be asked about a truck's trip beyond the station. */
export const runProviders: Provider[] = [PlanReturn, RecordRunStep, CloseRun, BecomeOverdue, Runs];
export const runControllers: Type[] = [RunsController, RunStepsController];
export const runEntities = [RunRow];
