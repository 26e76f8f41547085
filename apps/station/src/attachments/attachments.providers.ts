import type { Provider, Type } from '@nestjs/common';
import { AddNote } from './add-note.js';
import { AddPhoto } from './add-photo.js';
import { AttachmentsController } from './attachments.controller.js';
import { Attachments } from './attachments.js';
import { VisitAttachments } from './visit-attachments.reader.js';

/** Photos and notes, kept encrypted. */
export const attachmentProviders: Provider[] = [AddPhoto, AddNote, Attachments, VisitAttachments];

export const attachmentControllers: Type[] = [AttachmentsController];
