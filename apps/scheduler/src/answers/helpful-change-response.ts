import { Code, Codes, Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { type ChangeKind, changeKinds, type HelpfulChange } from '../candidates/changes-that-help.js';

class MovedDriverResponse {
  @Uuid()
  readonly handoffId: string;

  @Code({ description: 'the driver whom the plan has for it' })
  readonly from: string;

  @Code()
  readonly to: string;
}

/** What a choice by hand does to the others. */
export class EffectResponse {
  @WholeNumber({ min: -10_000_000, description: 'seconds by which the drivers of all handoffs cost more' })
  readonly extraCost: number;

  @Codes({ description: 'handoffs that would have had a driver, and then have none' })
  readonly unserved: readonly string[];

  @Codes({ description: 'handoffs that have a driver only then' })
  readonly served: readonly string[];

  @Codes({ description: 'visits of announced trucks for which a driver would have been kept, and then is not' })
  readonly unkept: readonly string[];

  @Nested(() => MovedDriverResponse, { list: true, description: 'handoffs that get another driver' })
  readonly moved: readonly MovedDriverResponse[];
}

/** One thing that would give a handoff a driver. */
export class HelpfulChangeResponse {
  @OneOf(changeKinds)
  readonly kind: ChangeKind;

  @Code({ optional: true })
  readonly driverId?: string;

  @Instant({ optional: true, description: 'wait_briefly, wait, end_throttle: until when it waits otherwise' })
  readonly until?: string;

  @Code({
    optional: true,
    description: 'override: the rule that an operator sets aside, with a reason',
    example: 'shift',
  })
  readonly rule?: string;

  @Uuid({ optional: true, description: 'the handoff that has the driver, or would have' })
  readonly handoffId?: string;

  @Text({ optional: true, description: 'free_driver: the truck that he holds' })
  readonly plate?: string;

  @Code({ optional: true, description: 'end_loan: the area that he is lent to' })
  readonly areaCode?: string;

  @Nested(() => EffectResponse, { optional: true, description: 'take_over: what it does to the others' })
  readonly effect?: EffectResponse;

  @Code({ optional: true, description: 'bring_driver: of this licence' })
  readonly licence?: string;
}

/** As it is answered: instants as RFC 3339. */
export function changeResponse({ until, ...change }: HelpfulChange): HelpfulChangeResponse {
  return {
    ...change,
    ...(until === undefined ? {} : { until: toIso(until) }),
  };
}
