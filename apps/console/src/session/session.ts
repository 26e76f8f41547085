/** Who is signed in, as it is kept on the device. */
export interface Session {
  readonly accountId: string;
  readonly token: string;
  /** Epoch milliseconds of this device. */
  readonly endsAt: number;
  readonly refreshToken: string;
}

/** What the service answers to who signs in. */
export interface NewSession {
  readonly accountId: string;
  readonly token: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

export type SessionState = 'nobody' | 'signed_in' | 'ended';

/** What a session needs of its surroundings. */
export interface SessionPorts {
  read(): Session | undefined;
  write(session: Session | undefined): void;
  /** Gives the next pair. @throws what `isOver` knows where the session has ended. */
  refresh(refreshToken: string): Promise<NewSession>;
  isOver(error: unknown): boolean;
  /** One at a time, over all tabs: a refresh token that is used twice ends the session. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  now(): number;
}

/** A token is renewed when it has less than this left. */
const renewBefore = 60_000;

/**
 * The session of this browser. Where it ends while somebody works, requests wait until he has signed in again: what was
 * entered is neither lost nor refused.
 */
export class SessionKeeper {
  #hasEnded = false;
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];

  constructor(private readonly ports: SessionPorts) {}

  get state(): SessionState {
    if (this.#hasEnded) return 'ended';
    return this.ports.read() ? 'signed_in' : 'nobody';
  }

  get accountId(): string | undefined {
    return this.ports.read()?.accountId;
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

  /** Another tab has signed in, or out. */
  look(): void {
    const session = this.ports.read();
    if (session && this.#isShort(session)) return;
    if (session) this.#hasEnded = false;
    this.#goOn();
    this.#tell();
  }

  /** Signed out: nobody waits for anything any more. */
  forget(): void {
    this.ports.write(undefined);
    this.#hasEnded = false;
    this.#waiting = [];
    this.#tell();
  }

  /** The service has refused the token: somebody has to sign in again. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#tell();
  }

  /** A token that is good for a while; waits for whoever has to sign in again. Empty where nobody is signed in. */
  async token(): Promise<string> {
    if (this.#hasEnded) await this.#signedInAgain();
    const session = this.ports.read();
    if (!session) return '';
    if (!this.#isShort(session)) return session.token;
    return this.ports.alone(() => this.#renewed());
  }

  /** Tells of every change of `state`. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #renewed(): Promise<string> {
    const session = this.ports.read();
    if (!session) return '';
    // Another tab was faster.
    if (!this.#isShort(session)) return session.token;
    try {
      const next = await this.ports.refresh(session.refreshToken);
      this.#keep(next);
      return next.token;
    } catch (error) {
      if (!this.ports.isOver(error)) throw error;
      this.end();
    }
    await this.#signedInAgain();
    return this.ports.read()?.token ?? '';
  }

  #goOn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }

  #signedInAgain(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #isShort({ endsAt }: Session): boolean {
    return endsAt - this.ports.now() < renewBefore;
  }

  #keep({ accountId, token, refreshToken, expiresInSeconds }: NewSession): void {
    this.ports.write({ accountId, token, refreshToken, endsAt: this.ports.now() + expiresInSeconds * 1_000 });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
