import { Problem, type Clock, type Ids } from '@yizhan/kernel';
import type { Cause, NewEvent, Outbox } from '@yizhan/event-log';
import { type Database, type Transaction, violatedUnique } from '@yizhan/persistence';
import { problemOfInvariant } from './invariants.js';

/** A state-changing request as every use case gets it, from HTTP, the replay or a test alike. */
export interface StationRequest {
  /** `Idempotency-Key`, unique per caller. */
  readonly key: string;
  /** Who asks: the subject of the token, such as `operator:lin`. */
  readonly caller: string;
  /** Digest of what is asked; the same key with another digest is refused. */
  readonly hash: string;
  /** When it happened, epoch milliseconds; the present unless it was logged offline. */
  readonly at: number;
  readonly traceparent?: string;
}

/** One change in the making. */
export interface Change {
  readonly tx: Transaction;
  readonly at: number;
  readonly cause: Cause;
  /** A new id for what this change makes; the same `what` gives a replay the same id. */
  newId(what: string): string;
}

/** What a change leaves behind: rows it has written itself, and these events and this answer. */
export interface Outcome<A> {
  readonly events: readonly NewEvent[];
  readonly answer: A;
}

class AnsweredBefore extends Error {
  constructor(readonly answer: unknown) {
    super('answered before');
  }
}

interface Claim {
  readonly mine: boolean;
  readonly stored: { hash: string; answer: unknown } | null;
}

/** The one way to change the station's state: effect, events and stored answer in one transaction, at most once per key. */
export class Changes {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  get now(): number {
    return this.clock.now();
  }

  /** Carries out a request once. @throws Problem `conflict` where the same key is under way or was used for something else. */
  async once<A>(request: StationRequest, work: (change: Change) => Promise<Outcome<A>>): Promise<A> {
    const cause: Cause = {
      id: `${request.caller}|${request.key}`,
      causationId: request.key,
      traceparent: request.traceparent,
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction((tx) => this.#claimAndWork(tx, request, cause, work));
      } catch (error) {
        if (error instanceof AnsweredBefore) return error.answer as A;
        // The same key committed between this request's reading and its lock: read again.
        if (violatedUnique(error) === 'requests_pkey' && attempt < 3) continue;
        throw problemOfInvariant(error);
      }
    }
  }

  /** A change that an event or a timer causes, inside the transaction that records it as done. */
  async because<A>(
    tx: Transaction,
    cause: Cause,
    at: number,
    work: (change: Change) => Promise<Outcome<A>>,
  ): Promise<A> {
    const { events, answer } = await work(this.#change(tx, cause, at));
    this.outbox.append(tx, cause, events);
    return answer;
  }

  /** As `because`, in a transaction of its own: timers. */
  async alone<A>(cause: Cause, at: number, work: (change: Change) => Promise<Outcome<A>>): Promise<A> {
    try {
      return await this.database.transaction((tx) => this.because(tx, cause, at, work));
    } catch (error) {
      throw problemOfInvariant(error);
    }
  }

  async #claimAndWork<A>(
    tx: Transaction,
    request: StationRequest,
    cause: Cause,
    work: (change: Change) => Promise<Outcome<A>>,
  ): Promise<A> {
    const claiming = tx.rows<Claim>(claimKey, [request.caller, request.key]);
    // The first reads of the work travel with the claim; where the claim fails, all of it is rolled back.
    const working = work(this.#change(tx, cause, request.at));
    const [[claim], settled] = await Promise.all([
      claiming,
      working.then(
        (outcome) => ({ outcome }) as const,
        (error: unknown) => ({ error }) as const,
      ),
    ]);
    if (claim?.stored) {
      if (claim.stored.hash === request.hash) throw new AnsweredBefore(claim.stored.answer);
      throw new Problem('invalid', 'REQUEST.KEY_REUSED', `Idempotency-Key ${request.key} was used for another request`);
    }
    if (!claim?.mine) {
      throw new Problem(
        'conflict',
        'REQUEST.UNDER_WAY',
        `the request with Idempotency-Key ${request.key} is still under way`,
        {
          retryAfterSeconds: 1,
        },
      );
    }
    if ('error' in settled) throw settled.error;
    const { events, answer } = settled.outcome;
    tx.last(storeAnswer, [request.caller, request.key, request.hash, JSON.stringify(answer ?? null), this.clock.now()]);
    this.outbox.append(tx, cause, events);
    return answer;
  }

  #change(tx: Transaction, cause: Cause, at: number): Change {
    return { tx, at, cause, newId: (what) => this.ids.uuid(`${cause.id}/${what}`, at) };
  }
}

const claimKey = `
  SELECT pg_try_advisory_xact_lock(hashtextextended('station|' || $1 || '|' || $2, 0)) AS mine,
         (SELECT json_build_object('hash', r.hash, 'answer', r.answer) FROM station.requests r WHERE r.caller = $1 AND r.key = $2) AS stored`;

const storeAnswer = `
  INSERT INTO station.requests (caller, key, hash, answer, answered_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000))`;
