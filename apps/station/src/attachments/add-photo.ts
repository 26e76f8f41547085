import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { Policies } from '../cases/policies.js';
import { PersonalData } from '../personal-data/personal-data.js';
import { type AttachmentFacts, Attachments } from './attachments.js';
import { keepUntil } from './keep-until.js';
import { visitOwner } from './visit-owner.js';

export interface AddPhotoInput {
  readonly visitId: string;
  readonly content: Buffer;
}

/** Keeps a photo of a visit, such as one that a completed handoff names by its digest. */
@Injectable()
export class AddPhoto {
  constructor(
    private readonly changes: Changes,
    private readonly attachments: Attachments,
    private readonly data: PersonalData,
    private readonly policies: Policies,
  ) {}

  async execute(request: StationRequest, { visitId, content }: AddPhotoInput): Promise<AttachmentFacts> {
    const owner = visitOwner(visitId);
    const sealed = await this.attachments.sealPhoto(owner, content);
    const { digest, kind, mediaType, bytes } = sealed;
    return this.changes.once(await this.data.guarded(request, owner), async ({ tx, at }) => {
      const expiresAt = await keepUntil(tx, this.policies, { visitId, kind: 'photo', at });
      await this.attachments.put(tx, sealed, { at, by: request.caller, expiresAt });
      return { events: [], answer: { digest, kind, mediaType, bytes } };
    });
  }
}
