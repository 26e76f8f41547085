import { toIso } from '@yizhan/kernel';
import type { Body, RelayOverHttp } from './relay-over-http.js';
import { authorisationAt, completionOf, idOf } from './relay.js';
import type { Answer } from './station-over-http.js';
import type { Party } from '@yizhan/contracts';

/** One thing that a tablet has logged. */
export interface Logged {
  readonly requestId: string;
  readonly kind: string;
  readonly time: string;
  readonly id?: string;
  readonly body?: object;
}

export interface Result {
  readonly requestId: string;
  readonly status: string;
  readonly time: string;
  readonly answer?: Body;
  readonly problem?: Body;
  readonly now?: { readonly visit?: Body; readonly truck?: Body };
  readonly exceptionId?: string;
}

/** A tablet in the dark: what is done on it is logged, in order, and told when it is online again. */
export class Tablet {
  readonly logged: Logged[] = [];

  constructor(
    private readonly relay: Pick<RelayOverHttp, 'running' | 'operator'>,
    private readonly name = 'tablet-1',
    /** How far its clock is ahead of ours, milliseconds. */
    private readonly ahead = 0,
  ) {}

  /** `at` is when it happens by our clock. */
  log(kind: string, at: number, id?: string, body?: object): Logged {
    const requestId = `${this.name}-${this.logged.length + 1}`;
    const record = { requestId, kind, time: toIso(at + this.ahead), ...(id && { id }), ...(body && { body }) };
    this.logged.push(record);
    return record;
  }

  start(handoffId: string, driverId: string, at: number, bayCode = '1'): Logged {
    const authorisation = authorisationAt(at + this.ahead);
    return this.log('start', at, handoffId, { driverId, bayCode, authorisation });
  }

  complete(handoffId: string, from: Party | string, driverId: string, at: number): Logged {
    return this.log('completion', at, handoffId, completionOf(from, driverId, at + this.ahead));
  }

  depart(visit: string, at: number, also: object = {}): Logged {
    return this.log('departure', at, idOf(visit), { outcome: 'swapped', ...also });
  }

  /** Online again: all that was logged, or some of it. */
  async tell(records: readonly object[] = this.logged): Promise<Result[]> {
    const { status, body } = await this.try({ records });
    expect([status, body]).toEqual([200, expect.objectContaining({ results: expect.any(Array) as unknown })]);
    return (body as unknown as { results: Result[] }).results;
  }

  async try(upload: object): Promise<Answer> {
    const tabletTime = toIso(this.relay.running.clock.now() + this.ahead);
    const answer = await this.relay.operator.post('/api/v1/offline-records', {
      tabletId: this.name,
      tabletTime,
      ...upload,
    });
    await this.relay.running.drain();
    return answer;
  }
}
