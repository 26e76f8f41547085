import { Body, Controller, Get, Post, StreamableFile } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import {
  type ChangeRequest,
  CurrentRequest,
  type PhotoUpload,
  SentPhoto,
  Sha256Param,
  TakesPhoto,
  UuidParam,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { AddNote } from './add-note.js';
import { AddPhoto } from './add-photo.js';
import {
  AddedNoteResponse,
  AddNoteRequest,
  NoteResponse,
  PhotoResponse,
  VisitAttachmentsResponse,
} from './attachments.dto.js';
import { Attachments } from './attachments.js';
import { mediaTypes } from './media-type.js';
import { VisitAttachments } from './visit-attachments.reader.js';
import { visitOwner } from './visit-owner.js';

const gone = { description: 'Its time is over: it was destroyed' };

/** Photos and notes of a visit, for those who work at its station. */
@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class AttachmentsController {
  constructor(
    private readonly addPhoto: AddPhoto,
    private readonly addNote: AddNote,
    private readonly attachments: Attachments,
    private readonly ofVisit: VisitAttachments,
    private readonly scope: CaseScope,
  ) {}

  @Get('attachments')
  @ApiOperation({
    operationId: 'Visits.listAttachments',
    summary: 'List photos and notes, and photos that a handoff names and nobody has uploaded yet',
  })
  @ApiOkResponse({ type: VisitAttachmentsResponse })
  async list(
    @CurrentCaller() caller: Caller,
    @UuidParam('visitId') visitId: string,
  ): Promise<VisitAttachmentsResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.ofVisit.of(visitId);
  }

  @Post('photos')
  @TakesPhoto()
  @ApiOperation({ operationId: 'Visits.addPhoto', summary: 'Keep a photo, encrypted' })
  @ApiCreatedResponse({ type: PhotoResponse })
  @ApiGoneResponse(gone)
  async photo(
    @CurrentCaller() caller: Caller,
    @UuidParam('visitId') visitId: string,
    @SentPhoto() { request, content }: PhotoUpload,
  ): Promise<PhotoResponse> {
    await this.scope.requireVisit(caller, visitId);
    const { digest, mediaType, bytes } = await this.addPhoto.execute(request, { visitId, content });
    return { sha256: digest, mediaType, bytes };
  }

  @Get('photos/:sha256')
  @ApiOperation({ operationId: 'Visits.readPhoto', summary: 'Read a photo; that it was read is recorded' })
  @ApiProduces(...mediaTypes)
  @ApiOkResponse({ content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: binary() }])) })
  @ApiGoneResponse(gone)
  async readPhoto(
    @CurrentCaller() caller: Caller,
    @UuidParam('visitId') visitId: string,
    @Sha256Param('sha256') sha256: string,
  ): Promise<StreamableFile> {
    await this.scope.requireVisit(caller, visitId);
    const { mediaType, content } = await this.attachments.readPhoto(visitOwner(visitId), sha256, caller.subject);
    return new StreamableFile(content, { type: mediaType, length: content.length });
  }

  @Post('notes')
  @ApiOperation({
    operationId: 'Visits.addNote',
    summary: 'Keep a note, encrypted; a reservation names it by its hash',
  })
  @ApiCreatedResponse({ type: AddedNoteResponse })
  @ApiGoneResponse(gone)
  async note(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { text }: AddNoteRequest,
  ): Promise<AddedNoteResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.addNote.execute(request, { visitId, text });
  }

  @Get('notes/:noteHash')
  @ApiOperation({ operationId: 'Visits.readNote', summary: 'Read a note; that it was read is recorded' })
  @ApiOkResponse({ type: NoteResponse })
  @ApiGoneResponse(gone)
  async readNote(
    @CurrentCaller() caller: Caller,
    @UuidParam('visitId') visitId: string,
    @Sha256Param('noteHash') noteHash: string,
  ): Promise<NoteResponse> {
    await this.scope.requireVisit(caller, visitId);
    return { text: await this.attachments.readNote(visitOwner(visitId), noteHash, caller.subject) };
  }
}

function binary(): { type: string; format: string } {
  return { type: 'string', format: 'binary' };
}
