import { Problem, type Clock, type Ids } from '@yizhan/kernel';
import type { Cause, NewEvent, Outbox } from '@yizhan/event-log';
import type { Keystore } from '@yizhan/keystore';
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
  /** When it happened, epoch milliseconds, where it was logged before it is asked for: offline, or by a replay. */
  readonly at?: number;
  readonly traceparent?: string;
  /** A tablet logged it while it was offline: it has happened, and what was planned meanwhile gives way to it. */
  readonly late?: { readonly plate?: string };
}

/** A change that is recorded after it happened. */
export interface Late {
  /** The truck that it is about, where it is about one. */
  readonly plate?: string;
  /** The present, epoch milliseconds. */
  readonly recordedAt: number;
}

/** One change in the making. */
export interface Change {
  readonly tx: Transaction;
  /**
   * When it happened; the present where the request does not say. The clock is read at the first asking, once for all: ask
   * after the locks, so that no instant lies before that of a change that was waited for.
   */
  readonly at: number;
  readonly cause: Cause;
  readonly late?: Late;
  /** A new id for what this change makes; the same `what` gives a replay the same id. */
  newId(what: string): string;
}

/** What a change leaves behind: rows it has written itself, and these events and this answer. */
export interface Outcome<A> {
  readonly events: readonly NewEvent[];
  readonly answer: A;
  /** Answers of other requests of the same caller that were carried out with this one. */
  readonly alongside?: readonly { readonly request: StationRequest; readonly answer: unknown }[];
}

const mostInStatement = 2_000;

class AnsweredBefore extends Error {
  constructor(readonly answer: unknown) {
    super('answered before');
  }
}

interface Stored {
  /** As `keptDigest` gives it. */
  readonly hash: string;
  readonly answer: unknown;
}

interface Claim {
  readonly mine: boolean;
  readonly stored: Stored | null;
}

/** The key is somebody's, whatever the work that ran beside its claim came to. */
class KeyTaken extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** The one way to change the station's state: effect, events and stored answer in one transaction, at most once per key. */
export class Changes {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly keystore: Pick<Keystore, 'digest'>,
  ) {}

  get now(): number {
    return this.clock.now();
  }

  /**
   * The digest of a request as it is kept. A body has few unknown digits, a phone or a PIN: whoever reads the database could try
   * them all against a digest without a key.
   */
  keptDigest(hash: string): string {
    return this.keystore.digest(hash, 'request');
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
        if (violatedUnique(error) === 'requests_pkey' && attempt < 3) continue;
        return await this.#answeredBefore<A>(request, error);
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
    const { events, answer } = await work(this.#change(tx, cause, { at }));
    this.#append(tx, cause, events);
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
    const working = work(this.#change(tx, cause, request));
    const [[claim], settled] = await Promise.all([
      claiming,
      working.then(
        (outcome) => ({ outcome }) as const,
        (error: unknown) => ({ error }) as const,
      ),
    ]);
    if (claim?.stored) throw this.#earlier(request, claim.stored);
    if (!claim?.mine) {
      const message = `the request with Idempotency-Key ${request.key} is still under way`;
      throw new KeyTaken(new Problem('conflict', 'REQUEST.UNDER_WAY', message, { retryAfterSeconds: 1 }));
    }
    if ('error' in settled) throw settled.error;
    const { events, answer, alongside = [] } = settled.outcome;
    for (const done of [{ request, answer }, ...alongside]) {
      const { caller, key, hash } = done.request;
      tx.last(storeAnswer, [caller, key, this.keptDigest(hash), JSON.stringify(done.answer ?? null), this.clock.now()]);
    }
    this.#append(tx, cause, events);
    return answer;
  }

  /**
   * The answer that an earlier request with the key got. The key may have committed between this request's reading and its
   * lock: then the work met what the request itself has done, whatever it says. @throws what went wrong otherwise.
   */
  async #answeredBefore<A>(request: StationRequest, error: unknown): Promise<A> {
    let found = error;
    if (!(error instanceof AnsweredBefore) && !(error instanceof KeyTaken)) {
      const stored = await this.#storedFor(request);
      if (stored) found = this.#earlier(request, stored);
    }
    if (found instanceof AnsweredBefore) return found.answer as A;
    throw found instanceof KeyTaken ? found.problem : problemOfInvariant(found);
  }

  /** What an earlier request with the key means for this one. */
  #earlier({ key, hash }: StationRequest, stored: Stored): AnsweredBefore | KeyTaken {
    if (stored.hash === this.keptDigest(hash)) return new AnsweredBefore(stored.answer);
    const message = `Idempotency-Key ${key} was used for another request`;
    return new KeyTaken(new Problem('invalid', 'REQUEST.KEY_REUSED', message));
  }

  /** Undefined also where the database cannot be asked: what went wrong first says more. */
  async #storedFor({ caller, key }: StationRequest): Promise<Stored | undefined> {
    try {
      const [stored] = await this.database.rows<Stored>(readAnswer, [caller, key]);
      return stored;
    } catch {
      return undefined;
    }
  }

  /** An import brings tens of thousands of events: each part is a statement, and a cause of its own for their ids. */
  #append(tx: Transaction, cause: Cause, events: readonly NewEvent[]): void {
    this.outbox.append(tx, cause, events.slice(0, mostInStatement));
    for (let from = mostInStatement; from < events.length; from += mostInStatement) {
      const part = { ...cause, id: `${cause.id}/from/${from}` };
      this.outbox.append(tx, part, events.slice(from, from + mostInStatement));
    }
  }

  #change(tx: Transaction, cause: Cause, asked: Pick<StationRequest, 'at' | 'late'>): Change {
    let instant = asked.at;
    const at = () => (instant ??= this.clock.now());
    return {
      tx,
      cause,
      get at() {
        return at();
      },
      ...(asked.late && { late: { ...asked.late, recordedAt: this.clock.now() } }),
      newId: (what) => this.ids.uuid(`${cause.id}/${what}`, at()),
    };
  }
}

const readAnswer = 'SELECT hash, answer FROM station.requests WHERE caller = $1 AND key = $2';

const claimKey = `
  SELECT pg_try_advisory_xact_lock(hashtextextended('station|' || $1 || '|' || $2, 0)) AS mine,
         (SELECT json_build_object('hash', r.hash, 'answer', r.answer) FROM station.requests r WHERE r.caller = $1 AND r.key = $2) AS stored`;

const storeAnswer = `
  INSERT INTO station.requests (caller, key, hash, answer, answered_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000))`;
