import type { Licence, PlateColour } from '@yizhan/contracts';
import { Code, Codes, Flag, Instant, ListOf, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';
import { licences, plateColours } from '../cases/truck.dto.js';
import { BoardOverrideRequestResponse } from '../override-requests/override-requests.dto.js';
import { CareResponse } from '../waiting-drivers/waiting-drivers.dto.js';
import { VisitResponse } from '../visits/visits.dto.js';

export class BoardVisitResponse extends VisitResponse {
  @OneOf(plateColours, { optional: true })
  readonly plateColour?: PlateColour;

  @OneOf(licences, { optional: true, description: 'that the truck asks for' })
  readonly licenceRequired?: Licence;

  @Codes({ optional: true, description: 'out of the zone: who may take it though he is of another carrier' })
  readonly returnDriverIds?: readonly string[];

  @Instant({ optional: true, description: 'since when it waits for a driver, or waited' })
  readonly readyAt?: string;

  @Instant({ optional: true, description: 'until when the driver who is asked has to accept' })
  readonly acceptBy?: string;

  @Instant({ optional: true })
  readonly startedAt?: string;

  @Instant({ optional: true, description: 'when responsibility moved' })
  readonly custodyAt?: string;

  @Code({ optional: true, description: 'where it is swapped' })
  readonly bayCode?: string;
}

export class TruckClassResponse {
  @OneOf(licences, { description: 'that the truck asks for' })
  readonly licence: Licence;

  @Flag({ description: 'he holds now what such a truck asks for besides his licence' })
  readonly isQualified: boolean;

  @Instant({ optional: true, description: 'until when; absent where it asks for nothing, and where he does not' })
  readonly qualifiedUntil?: string;
}

export class DriverOnDutyResponse {
  @Code()
  readonly driverId: string;

  @ListOf(licences)
  readonly licences: readonly Licence[];

  @Nested(() => TruckClassResponse, {
    list: true,
    description: 'trucks that his licences cover by the rules of his zone',
  })
  readonly trucks: readonly TruckClassResponse[];

  @Code({ optional: true, description: 'the zone that he lives in' })
  readonly zoneId?: string;

  @Instant()
  readonly shiftEndsAt: string;

  @WholeNumber({ description: 'for how long he may still drive without a rest, not beyond his shift' })
  readonly minutesLeft: number;

  @Code({ optional: true, description: 'plate of the truck that he answers for' })
  readonly holdsPlate?: string;

  @Uuid({ optional: true, description: 'the handoff that he is assigned to' })
  readonly liveHandoffId?: string;
}

export class OutsideDriverResponse {
  @Code()
  readonly driverId: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Nested(() => TruckClassResponse, {
    list: true,
    description: 'trucks that his licences cover by the rules of the station',
  })
  readonly trucks: readonly TruckClassResponse[];

  @Uuid({ optional: true, description: 'the handoff that he is assigned to' })
  readonly liveHandoffId?: string;

  @Code({ optional: true, description: 'plate of the truck that he answers for' })
  readonly holdsPlate?: string;

  @Instant({ optional: true, description: 'since when he holds a rest place; absent where he holds none' })
  readonly restSince?: string;

  @WholeNumber({ description: 'that he was given in the shift that is under way' })
  readonly meals: number;

  @Uuid({ optional: true, description: 'the newest of them, to be taken back where it was a mistake' })
  readonly lastMealId?: string;
}

export class BoardStationResponse {
  @Code()
  readonly stationCode: string;

  @Code()
  readonly areaCode: string;

  @Text({ maxLength: 200 })
  readonly name: string;

  @OneOf(['open', 'suspended', 'closed'])
  readonly state: string;

  @Instant({ optional: true, description: 'since when it is cut off from its area' })
  readonly cutOffAt?: string;

  @Codes()
  readonly bays: readonly string[];

  @Codes()
  readonly zoneIds: readonly string[];
}

export class BoardResponse {
  @Text({ maxLength: 16, description: 'of the last event that the board shows: follow the log from there' })
  readonly position: string;

  @Instant({ description: 'when it was drawn' })
  readonly asOf: string;

  @Nested(() => BoardStationResponse)
  readonly station: BoardStationResponse;

  @Nested(() => BoardVisitResponse, { list: true })
  readonly visits: readonly BoardVisitResponse[];

  @Flag({ description: 'there are more trucks than the board shows' })
  readonly isCut: boolean;

  @Nested(() => DriverOnDutyResponse, { list: true })
  readonly driversOnDuty: readonly DriverOnDutyResponse[];

  @Nested(() => OutsideDriverResponse, { list: true, description: 'those who are at the station' })
  readonly outsideDrivers: readonly OutsideDriverResponse[];

  @WholeNumber({ description: 'that somebody of the station has to act on' })
  readonly openExceptions: number;

  @Nested(() => BoardOverrideRequestResponse, {
    list: true,
    description: 'overrides that somebody asks a second person for, and what was said of them',
  })
  readonly overrideRequests: readonly BoardOverrideRequestResponse[];

  @Nested(() => CareResponse, { description: 'what outside drivers get who wait' })
  readonly care: CareResponse;
}

export class BoardedVisitResponse {
  @Text({ maxLength: 16, description: 'of the last event that this shows' })
  readonly position: string;

  @Instant({ description: 'when it was drawn' })
  readonly asOf: string;

  @Nested(() => BoardVisitResponse, { optional: true, description: 'absent where it does not stand on the board' })
  readonly visit?: BoardVisitResponse;
}
