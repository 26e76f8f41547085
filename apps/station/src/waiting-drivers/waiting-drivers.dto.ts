import { Code, Flag, Uuid, WholeNumber } from '@yizhan/http';

export class RestPlacesRequest {
  @WholeNumber({ min: 0, max: 1_000, description: 'how many there are from now on' })
  readonly restPlaces: number;
}

export class WaitingDriverResponse {
  @Code()
  readonly stationCode: string;

  @Code()
  readonly driverId: string;

  @Flag()
  readonly hasRestPlace: boolean;
}

export class MealResponse {
  @Uuid()
  readonly mealId: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly driverId: string;
}

/** Of a station, in the shift that is under way. */
export class CareResponse {
  @WholeNumber({ description: 'rest places that the station has' })
  readonly restPlaces: number;

  @WholeNumber({ description: 'of them, those that a driver who is there holds' })
  readonly restPlacesTaken: number;

  @WholeNumber({ description: 'meals since the shift began, also for drivers who have left' })
  readonly meals: number;
}
