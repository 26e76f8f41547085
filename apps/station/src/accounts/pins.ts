import { Injectable } from '@nestjs/common';
import { OneAtATime, Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { AccountState, SecretKind } from './account.js';
import { isSecret } from './hashing.js';
import { SecretTries } from './secret-tries.js';

/** Who proves himself with a secret: a PIN on somebody else's tablet, a password to change it. */
@Injectable()
export class Pins {
  /** Right secrets of one person that come at once shall not count as tries of one another. */
  readonly #queues = new Map<string, { readonly turn: OneAtATime; waiting: number }>();

  constructor(private readonly tries: SecretTries) {}

  /**
   * That the PIN is the person's, such as `driver:R1` or `operator:lin` (the id of an account). A wrong one is counted even
   * though the caller's transaction is rolled back. @throws Problem `forbidden`: `PIN.WRONG`; `PIN.LOCKED` with
   * `retryAfterSeconds` after five failures; `PIN.NOT_SET`; `ACCOUNT.SUSPENDED`.
   */
  assert(tx: Pick<Transaction, 'rows'>, personId: string, pin: string): Promise<void> {
    return this.assertSecret(tx, personId, 'pin', pin);
  }

  /** As `assert`, for either kind of secret: `PASSWORD.WRONG` and so on. */
  async assertSecret(tx: Pick<Transaction, 'rows'>, personId: string, kind: SecretKind, secret: string): Promise<void> {
    const [account] = await tx.rows<{ state: AccountState; hash: string | null }>(readHash[kind], [personId]);
    if (account?.state === 'suspended') {
      throw new Problem('forbidden', 'ACCOUNT.SUSPENDED', `the account ${personId} is suspended`, { personId });
    }
    if (!account?.hash) {
      throw refused(kind, 'NOT_SET', `${personId} has no ${named(kind)} yet: set one, or sign another way`, personId);
    }
    const { hash } = account;
    await this.#inTurn(`${kind} ${personId}`, async () => {
      await this.#takeTry(personId, kind);
      if (!(await isSecret(kind, secret, hash)))
        throw refused(kind, 'WRONG', `this is not the ${named(kind)} of ${personId}`, personId);
      await this.tries.forgive(personId, kind);
    });
  }

  async #takeTry(personId: string, kind: SecretKind): Promise<void> {
    const retryAfterSeconds = await this.tries.take(personId, kind);
    if (retryAfterSeconds === undefined) return;
    const message = `too many wrong tries: the ${named(kind)} of ${personId} is locked for a while`;
    throw refused(kind, 'LOCKED', message, personId, { retryAfterSeconds });
  }

  async #inTurn(of: string, work: () => Promise<void>): Promise<void> {
    const queue = this.#queues.get(of) ?? { turn: new OneAtATime(), waiting: 0 };
    this.#queues.set(of, queue);
    queue.waiting += 1;
    try {
      await queue.turn.take(work);
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#queues.delete(of);
    }
  }
}

const named = (kind: SecretKind): string => (kind === 'pin' ? 'PIN' : 'password');

function refused(
  kind: SecretKind,
  what: 'WRONG' | 'LOCKED' | 'NOT_SET',
  message: string,
  personId: string,
  details: object = {},
): Problem {
  return new Problem('forbidden', `${kind.toUpperCase()}.${what}`, message, { personId, ...details });
}

const readHash: Readonly<Record<SecretKind, string>> = {
  pin: 'SELECT state, pin_hash AS hash FROM station.accounts WHERE account_id = $1',
  password: 'SELECT state, password_hash AS hash FROM station.accounts WHERE account_id = $1',
};
