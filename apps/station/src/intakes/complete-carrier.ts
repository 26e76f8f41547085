import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';

export interface CompleteCarrierInput {
  readonly carrierId: string;
  readonly name: string;
}

/** Records the name of a carrier that was taken in without. */
@Injectable()
export class CompleteCarrier {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { carrierId, name }: CompleteCarrierInput): Promise<CompleteCarrierInput> {
    return this.changes.once(request, async ({ tx }) => {
      const [named] = await tx.rows(recordName, [carrierId, name]);
      if (!named) throw refusal(carrierId, (await tx.rows(findCarrier, [carrierId])).length > 0);
      return { events: [], answer: { carrierId, name } };
    });
  }
}

function refusal(carrierId: string, isKnown: boolean): Problem {
  if (!isKnown) return new Problem('not_found', 'CARRIER.NOT_FOUND', `no carrier ${carrierId}`, { carrierId });
  return new Problem('conflict', 'CARRIER.ALREADY_COMPLETE', `carrier ${carrierId} has a name already`, { carrierId });
}

const findCarrier = 'SELECT 1 FROM station.carriers WHERE carrier_id = $1';
const recordName = `
  UPDATE station.carriers SET name = $2 WHERE carrier_id = $1 AND name = carrier_id RETURNING carrier_id`;
