import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { Attachments } from './attachments.js';
import type { VisitAttachmentsResponse } from './attachments.dto.js';
import { visitOwner } from './visit-owner.js';

interface NamedPhoto {
  readonly handoffId: string;
  readonly stage: string;
  readonly sha256: string;
}

/** What there is of a visit, and what its handoffs name and nobody has uploaded yet. */
@Injectable()
export class VisitAttachments {
  constructor(
    private readonly database: Database,
    private readonly attachments: Attachments,
  ) {}

  async of(visitId: string): Promise<VisitAttachmentsResponse> {
    const [kept, named] = await Promise.all([
      this.attachments.list(visitOwner(visitId)),
      this.database.rows<NamedPhoto>(readNamed, [visitId]),
    ]);
    const photos = kept.filter(({ kind }) => kind === 'photo');
    const digests = new Set(photos.map(({ digest }) => digest));
    return {
      photos: photos.map(({ digest: sha256, mediaType, bytes }) => ({ sha256, mediaType, bytes })),
      notes: kept.filter(({ kind }) => kind === 'note').map(({ digest: noteHash, bytes }) => ({ noteHash, bytes })),
      missingPhotos: named.filter(({ sha256 }) => !digests.has(sha256)),
    };
  }
}

const readNamed = `
  SELECT h.handoff_id AS "handoffId", photo.stage, photo.sha256
  FROM station.handoffs h
  CROSS JOIN LATERAL jsonb_to_recordset(coalesce(h.evidence->'photos', '[]')) AS photo(stage text, sha256 text)
  WHERE h.visit_id = $1 ORDER BY h.try_no, photo.stage, photo.sha256`;
