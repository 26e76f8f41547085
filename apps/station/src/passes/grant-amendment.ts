import { Injectable } from '@nestjs/common';
import { conflict, invalid } from '../cases/problems.js';
import { given } from '../cases/given.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { amendPass } from './amend-pass.js';
import { issuePass } from './issue-pass.js';
import type { PassAnswer } from './pass.repository.js';

export interface GrantAmendmentInput {
  /** The one whose driver is not covered. */
  readonly handoffId: string;
  /** Needed, with `route`, where the truck has no pass yet. */
  readonly countyCode?: string;
  readonly route?: string;
  readonly validUntil?: number;
}

/** What an assignment asks for in one call: its driver comes on the truck's pass, or the truck gets one that names him. */
@Injectable()
export class GrantAmendment {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
  ) {}

  execute(request: StationRequest, input: GrantAmendmentInput): Promise<PassAnswer> {
    return this.changes.once(request, async (change) => {
      const truckCase = await this.cases.ofHandoff(input.handoffId)(change.tx, change);
      const { handoff, visit, pass } = truckCase;
      if ((handoff?.state !== 'assigned' && handoff?.state !== 'accepted') || !handoff.passBlock) {
        throw conflict('PASS.NOTHING_TO_GRANT', `handoff ${input.handoffId} does not wait for a pass`);
      }
      const { driverId, plannedReturnAt, plannedStartAt } = handoff;
      const needed = plannedReturnAt ?? plannedStartAt;
      if (pass) {
        return amendPass(change, truckCase, pass.passId, ({ driverIds, validFrom, validUntil }) => ({
          driverIds: [...driverIds, driverId],
          validFrom: Math.min(validFrom, plannedStartAt),
          validUntil: input.validUntil ?? (validUntil === null ? null : Math.max(validUntil, needed)),
          ...given({ route: input.route }),
        }));
      }
      const { countyCode, route, validUntil } = input;
      if (countyCode === undefined || route === undefined)
        throw invalid(
          'PASS.ROUTE_NEEDED',
          'the truck has no pass: say in which county one is issued, and for which route',
        );
      const { areaCode, plate } = visit;
      const issued = { areaCode, countyCode, plate, route, driverIds: [driverId], ...given({ validUntil }) };
      return issuePass(change, truckCase, issued);
    });
  }
}
