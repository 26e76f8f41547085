import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BodyUpTo } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { largestUploadOfRecords, OfflineRecordsRequest, OfflineRecordsResponse } from './offline-records.dto.js';
import { UploadRecords } from './upload-records.js';

/** What a tablet has logged while it was offline. */
@ApiTags('offline records')
@Controller('api/v1/offline-records')
@Roles('operator', 'shift_lead', 'administrator')
export class OfflineRecordsController {
  constructor(private readonly uploadRecords: UploadRecords) {}

  @Post()
  @HttpCode(200)
  @BodyUpTo(largestUploadOfRecords)
  @ApiOperation({
    summary: 'Tell what was logged offline, in order',
    description:
      'Each record has its own result, and its own key: the same records may be sent again until all of them are done. ' +
      'What has happened stands, and plans that were made meanwhile give way to it; what cannot have happened is refused, ' +
      'with what is true now, and an exception asks a person to look at it. An upload is of 4 MiB at most, whatever it brings.',
  })
  @ApiOkResponse({ type: OfflineRecordsResponse })
  upload(@CurrentCaller() caller: Caller, @Body() body: OfflineRecordsRequest): Promise<OfflineRecordsResponse> {
    return this.uploadRecords.execute(caller, body);
  }
}
