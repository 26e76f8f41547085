import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  Code,
  CodeParam,
  CurrentRequest,
  Nested,
  type Page,
  PageQuery,
  Text,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles, roles } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { given } from '../../cases/given.js';
import { CallerScope } from '../caller-scope.js';
import { listRows } from '../list-rows.js';
import { PlaceRow } from '../network.entities.js';
import { Location } from '../stations/stations.dto.js';
import { AddPlace, ClosePlace } from './places.js';

export class AddPlaceRequest {
  @Code({ example: 'market-1' })
  readonly placeId: string;

  @Text()
  readonly name: string;

  @Nested(() => Location)
  readonly location: Location;

  @Code({ optional: true, description: 'whose place it is' })
  readonly enterpriseId?: string;
}

export class PlaceAnswerResponse {
  @Code()
  readonly zoneId: string;

  @Code()
  readonly placeId: string;
}

export class PlaceResponse extends AddPlaceRequest {
  @Code()
  readonly zoneId: string;
}

@ApiTags('network')
@Controller('api/v1/zones/:zoneId/places')
@Roles('command_centre', 'administrator')
export class PlacesController {
  constructor(
    private readonly addPlace: AddPlace,
    private readonly closePlace: ClosePlace,
    private readonly scope: CallerScope,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Name a place inside a zone that routes and runs lead to' })
  @ApiCreatedResponse({ type: PlaceAnswerResponse })
  async add(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('zoneId') zoneId: string,
    @Body() { placeId, name, location, enterpriseId }: AddPlaceRequest,
  ): Promise<PlaceAnswerResponse> {
    await this.scope.requireZone(caller, zoneId);
    return this.addPlace.execute(request, { zoneId, placeId, name, location, ...given({ enterpriseId }) });
  }

  @Post(':placeId/closure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a place off the list' })
  @ApiOkResponse({ type: PlaceAnswerResponse })
  async close(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('zoneId') zoneId: string,
    @CodeParam('placeId') placeId: string,
  ): Promise<PlaceAnswerResponse> {
    await this.scope.requireZone(caller, zoneId);
    return this.closePlace.execute(request, { zoneId, placeId });
  }

  @Get()
  @Roles(...roles)
  @ApiOperation({ summary: 'List the places inside a zone' })
  @ApiPage(PlaceResponse)
  list(@CodeParam('zoneId') zoneId: string, @Query() query: PageQuery): Promise<Page<PlaceResponse>> {
    return listRows(this.database, query, {
      of: PlaceRow,
      keys: ['placeId'],
      where: { zoneId },
      item: ({ latitude, longitude, enterpriseId, ...row }) => ({
        ...row,
        location: { latitude, longitude },
        ...given({ enterpriseId }),
      }),
    });
  }
}
