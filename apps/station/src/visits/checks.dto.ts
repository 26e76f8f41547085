import type { Flow } from '@yizhan/contracts';
import { Code, Codes, ListOf, Nested, OneOf, Text, Uuid } from '@yizhan/http';
import { flows } from '../cases/truck.dto.js';

export class PolicyField {
  @Code()
  readonly id: string;

  @Code()
  readonly version: string;
}

export class TitleField {
  @Text()
  readonly zh: string;

  @Text()
  readonly en: string;
}

export class CheckItemField {
  @Code({ example: 'seal' })
  readonly check: string;

  @Nested(() => TitleField)
  readonly title: TitleField;

  @ListOf(['seal_number'], { description: '`seal_number`: send it as `sealNumber`, as it is on the truck' })
  readonly needs: readonly 'seal_number'[];

  @Codes({ description: 'why it usually fails; another code is possible' })
  readonly reasons: readonly string[];
}

export class CheckTemplateResponse {
  @Uuid()
  readonly visitId: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Nested(() => PolicyField, { description: 'the one in force' })
  readonly policy: PolicyField;

  @Nested(() => CheckItemField, { list: true, description: 'each must be in a check, passed or not' })
  readonly items: readonly CheckItemField[];

  @Code({ optional: true, description: 'the last recorded one, to be compared' })
  readonly sealNumber?: string;
}

/** What is inspected of whoever goes one way, in or out of one zone. */
export class WayChecksField {
  @Code()
  readonly zoneId: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Nested(() => PolicyField, { description: 'the one in force' })
  readonly policy: PolicyField;

  @Nested(() => CheckItemField, { list: true, description: 'each must be in a check, passed or not' })
  readonly items: readonly CheckItemField[];
}

export class StationChecksResponse {
  @Nested(() => WayChecksField, { list: true, description: 'of each zone that the station serves, in each direction' })
  readonly ways: readonly WayChecksField[];
}
