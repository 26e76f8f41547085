import { Code, Instant, Nested, OneOf, Uuid, WholeNumber } from '@yizhan/http';
import { type WaitCause, waitCauses, type WaitedFor, waitedFor } from './waits-of-visit.js';

const flows = ['into_zone', 'out_of_zone'] as const;

export class WaitResponse {
  @OneOf(waitCauses)
  readonly cause: WaitCause;

  @OneOf(waitedFor, { description: 'who let the truck wait; `driver_pool`: no relay driver was there' })
  readonly by: WaitedFor;

  @Instant()
  readonly from: string;

  @Instant()
  readonly to: string;

  @WholeNumber()
  readonly seconds: number;
}

export class WaitedSecondsResponse {
  @WholeNumber()
  readonly station: number;

  @WholeNumber()
  readonly carrier: number;

  @WholeNumber()
  readonly driver_pool: number;
}

export class WaitsEntryResponse {
  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: (typeof flows)[number];

  @Instant()
  readonly arrivedAt: string;

  @Instant({ optional: true })
  readonly calledAt?: string;

  @Instant({ optional: true, description: 'when responsibility moved' })
  readonly swappedAt?: string;

  @Instant({ optional: true })
  readonly releasedAt?: string;

  @Instant()
  readonly departedAt: string;

  @Nested(() => WaitResponse, { list: true, description: 'in their order; the swap itself is no wait' })
  readonly waits: WaitResponse[];

  @Nested(() => WaitedSecondsResponse)
  readonly waitedSeconds: WaitedSecondsResponse;
}
