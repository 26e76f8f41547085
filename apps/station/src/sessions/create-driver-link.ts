import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { AccessTokens } from './access-tokens.js';

export interface CreateDriverLinkInput {
  readonly driverId: string;
  /** The one handoff that it is for. */
  readonly handoffId?: string;
  readonly validForSeconds: number;
}

export interface DriverLinkAnswer {
  readonly accountId: string;
  readonly driverId: string;
  readonly handoffId?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Lets a driver act for himself on his own phone for a while: what is kept is for whom, not the token. */
@Injectable()
export class CreateDriverLink {
  constructor(
    private readonly changes: Changes,
    private readonly tokens: AccessTokens,
  ) {}

  async execute(
    request: StationRequest,
    { driverId, handoffId, validForSeconds }: CreateDriverLinkInput,
  ): Promise<DriverLinkAnswer & { readonly token: string }> {
    this.tokens.assertSigns();
    const accountId = `driver:${driverId}`;
    const answer = await this.changes.once<DriverLinkAnswer>(request, async (change) => {
      const [found] = await change.tx.rows<Found>(find, [accountId, driverId, handoffId ?? null]);
      if (!found) throw notFound('DRIVER.NOT_FOUND', `no driver ${driverId}`, { driverId });
      if (handoffId !== undefined && !found.handoff)
        throw notFound('HANDOFF.NOT_FOUND', `there is no handoff ${handoffId}`, { handoffId });
      if (found.suspended) {
        throw new Problem('forbidden', 'ACCOUNT.SUSPENDED', `the account ${accountId} is suspended`, { accountId });
      }
      const scope = handoffId === undefined ? {} : { handoffId };
      return { events: [], answer: { accountId, driverId, ...scope, expiresAt: change.at + validForSeconds * 1_000 } };
    });
    return { ...answer, token: await this.#tokenFor(answer) };
  }

  /** Asked again with the same key, the link ends when the first one does. */
  #tokenFor({ accountId, driverId, handoffId, expiresAt }: DriverLinkAnswer): Promise<string> {
    const seconds = Math.floor((expiresAt - this.changes.now) / 1_000);
    if (seconds <= 0) throw new Problem('conflict', 'LINK.ENDED', 'this link has ended: make another with a new key');
    const scope = handoffId === undefined ? {} : { handoffId: handoffId.toLowerCase() };
    return this.tokens.sign({ sub: accountId, role: 'driver', driverId, isLink: true, ...scope }, seconds);
  }
}

interface Found {
  readonly handoff: boolean;
  readonly suspended: boolean;
}

const find = `
  SELECT EXISTS (SELECT FROM station.handoffs WHERE handoff_id = $3::uuid) AS handoff,
         EXISTS (SELECT FROM station.accounts WHERE account_id = $1 AND state = 'suspended') AS suspended
  FROM station.drivers WHERE driver_id = $2`;
