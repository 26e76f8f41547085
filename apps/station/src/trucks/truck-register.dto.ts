import type { Licence, PlateColour } from '@yizhan/contracts';
import { Code, OneOf, WholeNumber } from '@yizhan/http';
import { licences, plateColours, TruckField } from '../cases/truck.dto.js';

export class RegisterTruckRequest extends TruckField {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true, description: 'a registered one' })
  readonly carrierId?: string;

  @Code({ nullable: true, description: 'the zone that it is based in; null outside' })
  readonly baseZoneId: string | null;
}

export class ChangeTruckRequest {
  @OneOf(plateColours, { optional: true })
  readonly plateColour?: PlateColour;

  @OneOf(licences, { optional: true, description: 'the least licence that may drive it' })
  readonly licenceRequired?: Licence;

  @Code({ optional: true, nullable: true, description: 'null: none any more' })
  readonly trailerPlate?: string | null;

  @Code({ optional: true, nullable: true, description: 'a registered one; null: none any more' })
  readonly carrierId?: string | null;

  @Code({ optional: true, nullable: true, description: 'the zone that it is based in; null outside' })
  readonly baseZoneId?: string | null;
}

export class TruckAnswerResponse {
  @Code()
  readonly plate: string;

  @Code()
  readonly areaCode: string;

  @WholeNumber()
  readonly version: number;
}
