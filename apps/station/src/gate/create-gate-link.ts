import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { conflict } from '../cases/problems.js';
import { gateOwner, requireExpected } from './gate-statement.js';

export interface CreateGateLinkInput {
  readonly visitId: string;
  readonly validForSeconds: number;
}

export interface GateLinkAnswer {
  readonly visitId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Lets the driver of a truck at the gate, whom nobody knows yet, say on his own phone who he is: for this visit and nothing else. */
@Injectable()
export class CreateGateLink {
  constructor(
    private readonly changes: Changes,
    private readonly tokens: AccessTokens,
  ) {}

  async execute(
    request: StationRequest,
    { visitId, validForSeconds }: CreateGateLinkInput,
  ): Promise<GateLinkAnswer & { readonly token: string }> {
    this.tokens.assertSigns();
    const answer = await this.changes.once<GateLinkAnswer>(request, async ({ tx, at }) => {
      await requireExpected(tx, visitId);
      return { events: [], answer: { visitId, expiresAt: at + validForSeconds * 1_000 } };
    });
    return { ...answer, token: await this.#tokenFor(answer) };
  }

  /** Asked again with the same key, the link ends when the first one does. */
  #tokenFor({ visitId, expiresAt }: GateLinkAnswer): Promise<string> {
    const seconds = Math.floor((expiresAt - this.changes.now) / 1_000);
    if (seconds <= 0) throw conflict('LINK.ENDED', 'this link has ended: make another with a new key');
    const nobodyYet = gateOwner(visitId);
    const claims = { sub: nobodyYet, role: 'driver', driverId: nobodyYet, isLink: true } as const;
    return this.tokens.sign({ ...claims, visitId: visitId.toLowerCase() }, seconds);
  }
}
