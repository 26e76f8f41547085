import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import { Clock, Problem } from '@yizhan/kernel';
import { Keystore } from '@yizhan/keystore';
import { Database, type Transaction } from '@yizhan/persistence';

interface Stored {
  readonly hash: string;
  readonly answer: unknown;
}

/** One change: what it may do, and when it happens (epoch milliseconds). */
export interface Change {
  readonly tx: Transaction;
  readonly at: number;
}

/** The one way to change what dispatch keeps on request: effect and stored answer in one transaction, at most once per key. */
@Injectable()
export class Once {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keystore: Keystore,
  ) {}

  /** @throws Problem `conflict` where the key is under way, `REQUEST.KEY_REUSED` where it was used for something else. */
  execute<A extends object>(request: ChangeRequest, work: (change: Change) => Promise<A>): Promise<A> {
    const { caller, key } = request;
    return this.database.transaction(async (tx) => {
      const [{ mine }] = await tx.rows<{ mine: boolean }>(claim, [caller, key]);
      if (!mine) {
        const message = `the request with Idempotency-Key ${key} is still under way`;
        throw new Problem('conflict', 'REQUEST.UNDER_WAY', message, { retryAfterSeconds: 1 });
      }
      const [stored] = await tx.rows<Stored>(readAnswer, [caller, key]);
      if (stored) return this.#earlier<A>(request, stored);
      const at = this.clock.now();
      const answer = await work({ tx, at });
      tx.last(storeAnswer, [caller, key, this.#digestOf(request), JSON.stringify(answer), at]);
      return answer;
    });
  }

  /** What the request was answered, where it comes again: for what goes out before anything is stored. */
  async answered<A extends object>(request: ChangeRequest): Promise<A | undefined> {
    const [stored] = await this.database.rows<Stored>(readAnswer, [request.caller, request.key]);
    return stored && this.#earlier<A>(request, stored);
  }

  #earlier<A>(request: ChangeRequest, { hash, answer }: Stored): A {
    if (hash === this.#digestOf(request)) return answer as A;
    const message = `Idempotency-Key ${request.key} was used for another request`;
    throw new Problem('invalid', 'REQUEST.KEY_REUSED', message);
  }

  /** A body may hold headers with passwords of others: what is kept of it cannot be guessed without the keystore. */
  #digestOf({ hash }: ChangeRequest): string {
    return this.keystore.digest(hash, 'request');
  }
}

const claim = `SELECT pg_try_advisory_xact_lock(hashtextextended('dispatch|' || $1::text || '|' || $2::text, 0)) AS mine`;

const readAnswer = 'SELECT hash, answer FROM dispatch.requests WHERE caller = $1 AND key = $2';

const storeAnswer = `
  INSERT INTO dispatch.requests (caller, key, hash, answer, answered_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000))`;
