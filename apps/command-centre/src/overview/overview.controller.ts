import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, Problem } from '@yizhan/kernel';
import { OverviewResponse } from './overview.dto.js';
import { OverviewReader } from './overview.reader.js';

/** All areas at a glance. */
@ApiTags('command centre')
@Controller('api/v1/command-centre/overview')
@Roles('command_centre', 'administrator')
export class OverviewController {
  constructor(
    private readonly overview: OverviewReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'Overview.read', summary: 'How each of your areas stands now, and what it keeps up' })
  @ApiOkResponse({ type: OverviewResponse })
  read(@CurrentCaller() caller: Caller): Promise<OverviewResponse> {
    if (caller.isOfCounties) throw wholeAreasOnly();
    return this.overview.read(caller.role === 'administrator' ? undefined : caller.areas, this.clock.now());
  }
}

const wholeAreasOnly = (): Problem =>
  new Problem(
    'forbidden',
    'COMMAND_CENTRE.WHOLE_AREA_ONLY',
    'the overview is of whole areas: a command centre of counties looks at theirs one by one',
  );
