import type { Licence } from '@yizhan/contracts';
import { Code, Flag, Instant, ListOf, PageQuery, Text } from '@yizhan/http';

const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const satisfies readonly Licence[];
export const missingParts = ['name', 'phone', 'identityNumber', 'licences', 'carrierName'] as const;
export type MissingPart = (typeof missingParts)[number];

export class TakeInRequest {
  @Code()
  readonly stationCode: string;

  @Code({ example: '浙G12345' })
  readonly plate: string;

  @Text({ maxLength: 24, description: "the driver's", example: '13800138000' })
  readonly phone: string;

  @Code({ optional: true, description: 'a carrier that is registered; that of the truck where it is not given' })
  readonly carrierId?: string;

  @Text({ optional: true, maxLength: 24, description: 'of a carrier that is not' })
  readonly carrierPhone?: string;

  @Text({ optional: true, maxLength: 100, description: "the driver's, kept where he is new" })
  readonly name?: string;

  @Text({ optional: true, maxLength: 100, description: "the company's, kept where it is new" })
  readonly carrierName?: string;
}

export class TakenInResponse {
  @Code({ description: 'who has this phone already, or an id of ours' })
  readonly driverId: string;

  @Code()
  readonly carrierId: string;

  @Flag()
  readonly isDriverNew: boolean;

  @Flag()
  readonly isCarrierNew: boolean;
}

export class CompleteDriverRequest {
  @ListOf(licences, { least: 1 })
  readonly licences: Licence[];
}

export class CompleteCarrierRequest {
  @Text({ description: "the company's, not a person's" })
  readonly name: string;
}

export class IntakesQuery extends PageQuery {
  @Code({ optional: true })
  readonly stationCode?: string;
}

export class IntakeResponse {
  @Code({ example: 'driver:O-1f0c9a7e2b3d4c5e' })
  readonly personId: string;

  @Code()
  readonly stationCode: string;

  @Code({ description: 'of the truck that he came with' })
  readonly plate: string;

  @Instant()
  readonly takenInAt: string;

  @Code()
  readonly takenInBy: string;

  @ListOf(missingParts, { description: 'still to be asked for' })
  readonly missing: MissingPart[];
}
