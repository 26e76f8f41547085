import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiGoneResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page, PageQuery } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { ErasePerson } from './erase-person.js';
import { requireAccess } from './personal-access.js';
import { PersonalData } from './personal-data.js';
import {
  ErasedPersonResponse,
  ErasePersonRequest,
  KnownDataResponse,
  PersonalDataReadResponse,
  PersonalDataResponse,
  RecordPersonalDataRequest,
} from './personal-data.dto.js';
import { PersonalDataReads } from './personal-data-reads.reader.js';
import { missingIn, personalFields } from './personal-fields.js';
import { PersonalScope } from './personal-scope.js';
import { RecordPersonalData } from './record-personal-data.js';

const gone = { description: 'They were erased' };

/** Who a person is: `driver:R1`, `operator:lin`, or who is to be called at `carrier:C1`. */
@ApiTags('personal data')
@Controller('api/v1/personal-data/:personId')
@Roles('operator', 'shift_lead', 'administrator')
export class PersonalDataController {
  constructor(
    private readonly recordData: RecordPersonalData,
    private readonly erasePerson: ErasePerson,
    private readonly data: PersonalData,
    private readonly reads: PersonalDataReads,
    private readonly scope: PersonalScope,
  ) {}

  @Get()
  @Roles('driver', 'carrier', 'operator', 'shift_lead', 'administrator')
  @ApiOperation({ summary: 'Read what the caller may know of a person; that he has read it is recorded' })
  @ApiOkResponse({ type: PersonalDataResponse })
  @ApiGoneResponse(gone)
  async read(@CurrentCaller() caller: Caller, @CodeParam('personId') personId: string): Promise<PersonalDataResponse> {
    const { reads } = await this.scope.accessOf(caller, personId);
    requireAccess(reads.length > 0, personId);
    const found = await this.data.read(personId, reads, { caller: caller.subject });
    const known = (await this.data.knownFields([personId])).get(personId) ?? [];
    return { personId, ...found, known: [...known], missing: missingIn(known) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Record name, phone or identity number; operators only add what is missing' })
  @ApiOkResponse({ type: KnownDataResponse })
  @ApiGoneResponse(gone)
  async record(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('personId') personId: string,
    @Body() changes: RecordPersonalDataRequest,
  ): Promise<KnownDataResponse> {
    const { writes } = await this.scope.accessOf(caller, personId);
    requireAccess(writes !== 'nothing', personId);
    const { known, missing } = await this.recordData.execute(request, { personId, changes, writes });
    return { personId, known: [...known], missing: [...missing] };
  }

  @Post('erasure')
  @HttpCode(200)
  @Roles('shift_lead', 'administrator')
  @ApiOperation({ summary: 'Erase a person for good, from backups of the database too' })
  @ApiOkResponse({ type: ErasedPersonResponse })
  @ApiGoneResponse(gone)
  async erase(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('personId') personId: string,
    @Body() { reason }: ErasePersonRequest,
  ): Promise<ErasedPersonResponse> {
    const { erases } = await this.scope.accessOf(caller, personId);
    requireAccess(erases, personId);
    return this.erasePerson.execute(request, { personId, reason });
  }

  @Get('reads')
  @Roles('driver', 'carrier', 'operator', 'shift_lead', 'administrator')
  @ApiOperation({ summary: 'Who has looked: for the person itself, its shift lead and administrators' })
  @ApiPage(PersonalDataReadResponse)
  async listReads(
    @CurrentCaller() caller: Caller,
    @CodeParam('personId') personId: string,
    @Query() query: PageQuery,
  ): Promise<Page<PersonalDataReadResponse>> {
    const { reads } = await this.scope.accessOf(caller, personId);
    requireAccess(reads.length === personalFields.length, personId);
    return this.reads.list(personId, query);
  }
}
