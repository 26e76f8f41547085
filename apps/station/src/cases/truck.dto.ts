import type { Licence, Party, PlateColour } from '@yizhan/contracts';
import { Code, Flag, ListOf, OneOf, Uuid } from '@yizhan/http';
import { handoffTable, type HandoffStep } from '../handoffs/handoff.js';
import { passBlocks } from '../passes/pass.js';
import { visitTable, type VisitStep } from '../visits/visit.js';

export const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const satisfies readonly Licence[];
export const plateColours = ['yellow', 'blue', 'green', 'yellow_green'] as const satisfies readonly PlateColour[];
export const partyKinds = ['driver', 'station', 'enterprise'] as const satisfies readonly Party['kind'][];
export const flows = ['into_zone', 'out_of_zone'] as const;

const steps = [
  ...new Set<VisitStep | HandoffStep>(
    [...Object.values(visitTable), ...Object.values(handoffTable)].flatMap(
      (line) => Object.keys(line.steps) as (VisitStep | HandoffStep)[],
    ),
  ),
];

export class TruckField {
  @Code({ example: '浙G12345' })
  readonly plate: string;

  @OneOf(plateColours)
  readonly plateColour: PlateColour;

  @OneOf(licences, { description: 'the least licence that may drive it' })
  readonly licenceRequired: Licence;

  @Code({ optional: true })
  readonly trailerPlate?: string;
}

export class PartyField {
  @OneOf(partyKinds)
  readonly kind: Party['kind'];

  @Code()
  readonly id: string;
}

export class HandedItemField {
  @Code({ example: 'keys' })
  readonly code: string;

  @Flag()
  readonly given: boolean;
}

/** How a visit stands after a request. */
export class CaseResponse {
  @Uuid()
  readonly visitId: string;

  @Code()
  readonly plate: string;

  @OneOf(Object.keys(visitTable))
  readonly state: string;

  @ListOf(steps, { description: 'what may be done next with the visit and its handoff' })
  readonly allowedSteps: readonly string[];

  @Flag({ optional: true, description: 'outcome of the last check; absent before the first' })
  readonly checked?: boolean;

  @Flag({ description: 'the cargo may not go on until a later check has passed' })
  readonly held: boolean;

  @Code({ optional: true })
  readonly ticketNo?: string;

  @Uuid({ optional: true })
  readonly handoffId?: string;

  @OneOf(Object.keys(handoffTable), { optional: true })
  readonly handoffState?: string;

  @Code({ optional: true, description: 'the driver who is assigned' })
  readonly driverId?: string;

  @OneOf(passBlocks, {
    optional: true,
    description: 'the driver cannot start: an amendment of the pass is asked for, see /passes/amendment-requests',
  })
  readonly passBlock?: string;

  @Uuid({ optional: true })
  readonly runId?: string;

  @Flag({ optional: true, description: 'the truck came while the station was closed by its opening hours' })
  readonly outsideHours?: boolean;
}
