import { Code, Lines, Nested, OneOf, Sha256, Uuid, WholeNumber } from '@yizhan/http';
import { mediaTypes } from './media-type.js';

export class PhotoResponse {
  @Sha256({ description: 'of the photo as it was sent' })
  readonly sha256: string;

  @OneOf(mediaTypes)
  readonly mediaType: string;

  @WholeNumber()
  readonly bytes: number;
}

export class AddNoteRequest {
  @Lines({ maxLength: 4000 })
  readonly text: string;
}

export class AddedNoteResponse {
  @Uuid()
  readonly visitId: string;

  @Sha256({ description: 'what a reservation names it by; salted' })
  readonly noteHash: string;
}

export class NoteResponse {
  @Lines({ maxLength: 4000 })
  readonly text: string;
}

export class KeptNoteField {
  @Sha256()
  readonly noteHash: string;

  @WholeNumber()
  readonly bytes: number;
}

export class MissingPhotoField {
  @Uuid()
  readonly handoffId: string;

  @Code()
  readonly stage: string;

  @Sha256()
  readonly sha256: string;
}

export class VisitAttachmentsResponse {
  @Nested(() => PhotoResponse, { list: true })
  readonly photos: PhotoResponse[];

  @Nested(() => KeptNoteField, { list: true })
  readonly notes: KeptNoteField[];

  @Nested(() => MissingPhotoField, { list: true, description: 'named by a handoff, and not uploaded yet' })
  readonly missingPhotos: MissingPhotoField[];
}
