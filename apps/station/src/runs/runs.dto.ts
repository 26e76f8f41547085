import type { RunDirection, WaitPlan } from '@yizhan/contracts';
import { Code, Instant, ListOf, Nested, OneOf, PageQuery, Uuid } from '@yizhan/http';
import { runSteps } from './record-run-step.js';
import { type RunEnd, type RunState, runTable } from './run.js';

const states = Object.keys(runTable);
const waits = ['station', 'away', 'other_truck'] as const satisfies readonly WaitPlan[];
const directions = ['in_first', 'out_first', 'one_way'] as const satisfies readonly RunDirection[];
const ends = ['returned', 'zone_lifted', 'stayed'] as const satisfies readonly RunEnd[];
const steps = ['record_step', 'plan_return', 'close'] as const;

export class PlanReturnRequest {
  @Code({ optional: true, description: 'who takes the truck back; open where it is not given' })
  readonly returnDriverId?: string;

  @OneOf(waits, { description: 'what the off-going driver does meanwhile' })
  readonly wait: WaitPlan;
}

export class RecordRunStepRequest {
  @OneOf(runSteps)
  readonly step: (typeof runSteps)[number];

  @Code()
  readonly enterpriseId: string;
}

export class CloseRunRequest {
  @OneOf(['zone_lifted', 'stayed'])
  readonly how: 'zone_lifted' | 'stayed';
}

export class RunAnswerResponse {
  @Uuid()
  readonly runId: string;

  @Code()
  readonly plate: string;

  @OneOf(states)
  readonly state: string;

  @ListOf(steps, { description: 'what may be done next' })
  readonly allowedSteps: readonly string[];

  @Code({ optional: true })
  readonly returnDriverId?: string;

  @OneOf(waits, { optional: true })
  readonly wait?: WaitPlan;

  @OneOf(ends, { optional: true })
  readonly how?: string;
}

export class RunsQuery extends PageQuery {
  @OneOf(states, { optional: true })
  readonly state?: RunState;

  @Code({ optional: true })
  readonly plate?: string;

  @Code({ optional: true })
  readonly driverId?: string;
}

export class RunStepResponse {
  @OneOf(runSteps)
  readonly step: (typeof runSteps)[number];

  @Code()
  readonly enterpriseId: string;

  @Instant()
  readonly at: string;
}

export class RunResponse extends RunAnswerResponse {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true })
  readonly zoneId?: string;

  @OneOf(directions)
  readonly direction: RunDirection;

  @Code({ description: 'the relay driver who began it' })
  readonly driverId: string;

  @Code({ optional: true, description: 'who brought the truck to the station' })
  readonly broughtByDriverId?: string;

  @Uuid({ optional: true })
  readonly intoZoneVisitId?: string;

  @Uuid({ optional: true })
  readonly outOfZoneVisitId?: string;

  @Instant()
  readonly openedAt: string;

  @Instant({ optional: true })
  readonly dueBackAt?: string;

  @Instant({ optional: true })
  readonly closedAt?: string;

  @Instant({ optional: true })
  readonly overdueAt?: string;
  @Nested(() => RunStepResponse, {
    optional: true,
    description: 'where the truck was seen last beyond the station, and at what',
  })
  readonly lastStep?: RunStepResponse;
}
