/** Who is signed in, as it is kept on the device. */
export interface Session {
  readonly accountId: string;
  readonly token: string;
  /** Epoch milliseconds of this device. */
  readonly endsAt: number;
  readonly refreshToken: string;
  /** Where it is; one from before there were such ids has none until it is renewed. */
  readonly installationId?: string;
}

/** What the service answers to who signs in. */
export interface NewSession {
  readonly accountId: string;
  readonly token: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly installationId: string;
}

export type SessionState = 'nobody' | 'signed_in' | 'ended';

/** What a session needs of its surroundings. */
export interface SessionPorts {
  read(): Session | undefined;
  write(session: Session | undefined): void;
  /** Sessions at other installations that this address has led to, each until its own answers here again. */
  readonly aside: { put(session: Session): void; take(installationId: string): Session | undefined };
  /** Gives the next pair. @throws what `isOver` knows where the session has ended, and what `signal` says once it has spoken. */
  refresh(refreshToken: string, signal: AbortSignal): Promise<NewSession>;
  isOver(error: unknown): boolean;
  /** One at a time, over all tabs: a refresh token that is used twice ends the session. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  now(): number;
}

/** Whoever has asked is signed in no more: nothing is asked in the name of who is now. */
export class SessionOver extends Error {
  constructor(accountId: string | undefined) {
    super(`${accountId ?? 'nobody'} is not signed in any more`);
    this.name = 'SessionOver';
  }
}

/** A token is renewed when it has less than this left. */
const renewBefore = 60_000;

/** All tabs wait for whoever renews: one that has no answer by then lets go, milliseconds. */
const renewPatience = 20_000;

type Place = Pick<Session, 'accountId' | 'installationId'> | undefined;

/** Whether two are at different installations; one that does not say where it is may be at any. */
const isElsewhere = (one: Place, other: Place): boolean =>
  one?.installationId !== undefined &&
  other?.installationId !== undefined &&
  one.installationId !== other.installationId;

const isSomebodyElse = (one: Place, other: Place): boolean =>
  one?.accountId !== other?.accountId || isElsewhere(one, other);

interface Waiter {
  readonly goOn: () => void;
  readonly giveUp: (why: SessionOver) => void;
}

/**
 * The session of this browser. Where it ends while somebody works, requests wait until he has signed in again: what was
 * entered is neither lost nor refused.
 */
export class SessionKeeper {
  #hasEnded = false;
  #last: Place;
  readonly #listeners = new Set<() => void>();
  readonly #leaveListeners = new Set<() => void>();
  readonly #waiting: Waiter[] = [];

  constructor(
    private readonly ports: SessionPorts,
    private readonly patience = renewPatience,
  ) {
    this.#last = this.ports.read();
  }

  get state(): SessionState {
    if (this.#hasEnded) return 'ended';
    return this.ports.read() ? 'signed_in' : 'nobody';
  }

  get accountId(): string | undefined {
    return this.ports.read()?.accountId;
  }

  get installationId(): string | undefined {
    return this.ports.read()?.installationId;
  }

  get refreshToken(): string | undefined {
    return this.ports.read()?.refreshToken;
  }

  begin(session: NewSession): void {
    this.#keep(session);
    this.#hasEnded = false;
    this.#goOn();
    this.#tell();
  }

  /**
   * The service at this address says which installation it is. Whoever is signed in at another one is so again once that one
   * answers here; whoever was signed in at this one is so now.
   */
  meet(installationId: string): void {
    const session = this.ports.read();
    if (session && !isElsewhere(session, { ...session, installationId })) return;
    const before = this.ports.aside.take(installationId);
    if (!session && !before) return;
    if (session) this.ports.aside.put(session);
    this.ports.write(before);
    this.#hasEnded = false;
    this.#giveUp(session?.accountId);
    this.#tell();
  }

  /** Another tab has signed in, or out. */
  look(): void {
    const session = this.ports.read();
    const isAnother = this.#tellOfLeaving();
    if (session && !isAnother && this.#isShort(session)) return;
    this.#hasEnded = false;
    if (session) this.#goOn();
    else this.#giveUp();
    this.#tell();
  }

  /** Signed out: nobody waits for anything any more. */
  forget(): void {
    const account = this.accountId;
    this.ports.write(undefined);
    this.#hasEnded = false;
    this.#giveUp(account);
    this.#tell();
  }

  /** The service has refused the token: somebody has to sign in again. */
  end(): void {
    if (this.#hasEnded || !this.ports.read()) return;
    this.#hasEnded = true;
    this.#tell();
  }

  /**
   * A token of one account, by itself of who is signed in, that is good for a while; waits for whoever has to sign in again.
   * Empty where nobody is signed in. @throws SessionOver where somebody else is signed in, or nobody any more, or at another
   * installation.
   */
  async token(account = this.accountId): Promise<string> {
    const here = this.ports.read();
    for (;;) {
      if (this.#hasEnded) await this.#signedInAgain();
      const session = this.ports.read();
      if (session?.accountId !== account || isElsewhere(here, session)) throw new SessionOver(account);
      if (!session) return '';
      if (!this.#isShort(session)) return session.token;
      const renewed = await this.ports.alone(() => this.#renewed());
      if (renewed && !isSomebodyElse(renewed, session)) return renewed.token;
    }
  }

  /** Tells of every change of `state`. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Tells, before anything else is told, that whoever worked here works here no more, whichever tab he has left in: what he has
   * read is to go.
   */
  onLeaving(listener: () => void): () => void {
    this.#leaveListeners.add(listener);
    return () => this.#leaveListeners.delete(listener);
  }

  /** The next session; none where there is something to look at first. Waits for no person: other tabs wait behind it. */
  async #renewed(): Promise<NewSession | undefined> {
    const session = this.ports.read();
    // Another tab was faster.
    if (this.#hasEnded || !session || !this.#isShort(session)) return undefined;
    const isStillThere = (): boolean => this.refreshToken === session.refreshToken;
    try {
      const next = await this.ports.refresh(session.refreshToken, AbortSignal.timeout(this.patience));
      // Somebody has signed in meanwhile, or out: that is newer.
      if (!isStillThere()) return undefined;
      this.#keep(next);
      return next;
    } catch (error) {
      if (!this.ports.isOver(error)) throw error;
      if (isStillThere()) this.end();
      return undefined;
    }
  }

  #goOn(): void {
    for (const { goOn } of this.#waiting.splice(0)) goOn();
  }

  #giveUp(account?: string): void {
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(new SessionOver(account));
  }

  #signedInAgain(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ goOn: resolve, giveUp: reject }));
  }

  #isShort({ endsAt }: Session): boolean {
    return endsAt - this.ports.now() < renewBefore;
  }

  #keep({ expiresInSeconds, ...session }: NewSession): void {
    const { accountId, token, refreshToken, installationId } = session;
    const before = this.ports.read();
    // Put back into its place when its installation answers here again; what lay there of this one is older.
    if (before && isElsewhere(before, session)) this.ports.aside.put(before);
    this.ports.aside.take(installationId);
    const endsAt = this.ports.now() + expiresInSeconds * 1_000;
    this.ports.write({ accountId, token, refreshToken, installationId, endsAt });
  }

  /** @returns whether it is somebody else now. */
  #tellOfLeaving(): boolean {
    const before = this.#last;
    this.#last = this.ports.read();
    const isAnother = isSomebodyElse(before, this.#last);
    if (before && isAnother) for (const listener of this.#leaveListeners) listener();
    return isAnother;
  }

  #tell(): void {
    this.#tellOfLeaving();
    for (const listener of this.#listeners) listener();
  }
}
