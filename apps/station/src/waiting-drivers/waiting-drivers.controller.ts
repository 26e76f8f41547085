import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { StationAnswerResponse } from '../network/stations/stations.dto.js';
import { GiveMeal } from './give-meal.js';
import { ReturnRestPlace } from './return-rest-place.js';
import { SetRestPlaces } from './set-rest-places.js';
import { TakeBackMeal } from './take-back-meal.js';
import { TakeRestPlace } from './take-rest-place.js';
import { MealResponse, RestPlacesRequest, WaitingDriverResponse } from './waiting-drivers.dto.js';

/** What outside drivers get who wait at a station. */
@ApiTags('drivers')
@Controller('api/v1/stations/:stationCode/waiting-drivers/:driverId')
@Roles('operator', 'shift_lead', 'administrator')
export class WaitingDriversController {
  constructor(
    private readonly takeRestPlace: TakeRestPlace,
    private readonly returnRestPlace: ReturnRestPlace,
    private readonly giveMeal: GiveMeal,
  ) {}

  @Post('rest-place')
  @HttpCode(200)
  @ApiOperation({ operationId: 'WaitingDrivers.takeRestPlace', summary: 'A driver who waits takes a rest place' })
  @ApiOkResponse({ type: WaitingDriverResponse })
  take(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @CodeParam('driverId') driverId: string,
  ): Promise<WaitingDriverResponse> {
    caller.requireStation(stationCode);
    return this.takeRestPlace.execute(request, { stationCode, driverId });
  }

  @Post('rest-place/return')
  @HttpCode(200)
  @ApiOperation({ operationId: 'WaitingDrivers.returnRestPlace', summary: 'He gives it back before he leaves' })
  @ApiOkResponse({ type: WaitingDriverResponse })
  return(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @CodeParam('driverId') driverId: string,
  ): Promise<WaitingDriverResponse> {
    caller.requireStation(stationCode);
    return this.returnRestPlace.execute(request, { stationCode, driverId });
  }

  @Post('meals')
  @HttpCode(200)
  @ApiOperation({ operationId: 'WaitingDrivers.giveMeal', summary: 'He is given a meal' })
  @ApiOkResponse({ type: MealResponse })
  meal(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @CodeParam('driverId') driverId: string,
  ): Promise<MealResponse> {
    caller.requireStation(stationCode);
    return this.giveMeal.execute(request, { stationCode, driverId });
  }
}

/** How many rest places a station has, and meals that were written down by mistake. */
@ApiTags('drivers')
@Controller('api/v1/stations/:stationCode')
@Roles('operator', 'shift_lead', 'administrator')
export class StationCareController {
  constructor(
    private readonly setRestPlaces: SetRestPlaces,
    private readonly takeBackMeal: TakeBackMeal,
    private readonly scope: CallerScope,
  ) {}

  @Post('rest-places')
  @HttpCode(200)
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Stations.setRestPlaces', summary: 'Say how many rest places the station has' })
  @ApiOkResponse({ type: StationAnswerResponse })
  async places(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { restPlaces }: RestPlacesRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.setRestPlaces.execute(request, { stationCode, restPlaces });
  }

  @Post('meals/:mealId/retraction')
  @HttpCode(200)
  @ApiOperation({ operationId: 'WaitingDrivers.takeBackMeal', summary: 'A meal was written down by mistake' })
  @ApiOkResponse({ type: MealResponse })
  takeBack(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @UuidParam('mealId') mealId: string,
  ): Promise<MealResponse> {
    caller.requireStation(stationCode);
    return this.takeBackMeal.execute(request, { stationCode, mealId });
  }
}
