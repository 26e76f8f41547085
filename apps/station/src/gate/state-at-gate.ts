import { Injectable } from '@nestjs/common';
import { Attachments } from '../attachments/attachments.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { numberIn } from '../intakes/number-in.js';
import { PersonalData } from '../personal-data/personal-data.js';
import { gateOwner, type GateStatement, requireExpected, statementKeptFor } from './gate-statement.js';

export interface StateAtGateInput extends GateStatement {
  readonly visitId: string;
}

/** Keeps what a driver says of himself, encrypted, for whoever lets him in; said again, the last one counts. */
@Injectable()
export class StateAtGate {
  constructor(
    private readonly changes: Changes,
    private readonly attachments: Attachments,
    private readonly data: PersonalData,
  ) {}

  async execute(
    request: StationRequest,
    { visitId, ...said }: StateAtGateInput,
  ): Promise<{ readonly visitId: string }> {
    const owner = gateOwner(visitId);
    const statement = { ...said, phone: numberIn('phone', said.phone) };
    const sealed = await this.attachments.sealNote(owner, JSON.stringify(statement));
    return this.changes.once(await this.data.guarded(request, owner), async ({ tx, at }) => {
      await requireExpected(tx, visitId);
      await this.attachments.put(tx, sealed, { at, by: request.caller, expiresAt: at + statementKeptFor });
      return { events: [], answer: { visitId } };
    });
  }
}
