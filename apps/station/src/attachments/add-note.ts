import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { Policies } from '../cases/policies.js';
import { PersonalData } from '../personal-data/personal-data.js';
import { Attachments } from './attachments.js';
import { keepUntil } from './keep-until.js';
import { visitOwner } from './visit-owner.js';

export interface AddNoteInput {
  readonly visitId: string;
  readonly text: string;
}

export interface AddedNote {
  readonly visitId: string;
  /** What a reservation names it by. */
  readonly noteHash: string;
}

/** Keeps what somebody wrote down at a visit; events name it by a digest that is salted. */
@Injectable()
export class AddNote {
  constructor(
    private readonly changes: Changes,
    private readonly attachments: Attachments,
    private readonly data: PersonalData,
    private readonly policies: Policies,
  ) {}

  async execute(request: StationRequest, { visitId, text }: AddNoteInput): Promise<AddedNote> {
    const owner = visitOwner(visitId);
    const sealed = await this.attachments.sealNote(owner, text);
    return this.changes.once(await this.data.guarded(request, owner), async ({ tx, at }) => {
      const expiresAt = await keepUntil(tx, this.policies, { visitId, kind: 'note', at });
      await this.attachments.put(tx, sealed, { at, by: request.caller, expiresAt });
      return { events: [], answer: { visitId, noteHash: sealed.digest } };
    });
  }
}
