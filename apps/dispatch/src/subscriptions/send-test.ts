import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Once } from '../changes/once.js';
import { type Attempt, attemptOf } from '../delivery/attempt.js';
import { ProbeEndpoint } from './probe-endpoint.js';

export interface TestAnswer extends Attempt {
  readonly subscriptionId: string;
}

/** Sends a signed message that tells of nothing, and says what the endpoint made of it. */
@Injectable()
export class SendTest {
  constructor(
    private readonly once: Once,
    private readonly probe: ProbeEndpoint,
  ) {}

  async execute(request: ChangeRequest, caller: Caller, id: string): Promise<TestAnswer> {
    const earlier = await this.once.answered<TestAnswer>(request);
    if (earlier) return earlier;
    const data = { subscriptionId: id };
    const { answer, at } = await this.probe.send(caller, id, 'test', { data, mayBeUnproven: false });
    return this.once.execute<TestAnswer>(request, async () => ({ subscriptionId: id, ...attemptOf(answer, at) }));
  }
}
