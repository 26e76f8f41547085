import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { passRows } from '../cases/rows.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { type Pass, passAfter } from './pass.js';
import { lockPass, type PassAnswer, passAnswer, plateOfPass, recheckAssignment } from './pass.repository.js';

export interface RevokePassInput {
  readonly passId: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** The pass covers nobody any more. What has started goes on; by the rules of its policy the truck may need another one. */
@Injectable()
export class RevokePass {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
  ) {}

  execute(request: StationRequest, { passId, reason }: RevokePassInput): Promise<PassAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const truckCase = await this.cases.ofPlate(await plateOfPass(tx, passId))(tx, change);
      const before = await lockPass(tx, passId);
      const pass: Pass = { ...before, state: passAfter(before, 'revoke') };
      passRows.write(tx, pass);
      if (truckCase?.visit.areaCode === pass.areaCode) await recheckAssignment(tx, truckCase, undefined);
      const { areaCode } = pass;
      const data = { passId, reason };
      return {
        events: [newEvent({ name: 'pass.revoked', subject: `pass/${passId}`, areaCode, time: change.at, data })],
        answer: passAnswer(pass),
      };
    });
  }
}
