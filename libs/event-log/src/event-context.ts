import { BaseRpcContext } from '@nestjs/microservices';
import type { Transaction } from '@yizhan/persistence';
import type { Cause } from './cause.js';

/** What a handler gets beside its event. */
export class EventContext extends BaseRpcContext<[Transaction | undefined, Cause]> {
  /** The transaction in which the effect belongs. @throws for consumers that keep their effect in memory. */
  get tx(): Transaction {
    const [tx] = this.getArgs();
    if (!tx) throw new Error('this consumer keeps its effect in memory: it has no transaction');
    return tx;
  }

  /** Names what the handler's change makes, the same at every attempt. */
  get cause(): Cause {
    return this.getArgs()[1];
  }
}
