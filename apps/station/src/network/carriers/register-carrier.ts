import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { refusePersonalId } from '../../personal-data/personal-id.js';
import { Changes, type StationRequest } from '../../changes/changes.js';

export interface RegisterCarrierInput {
  readonly carrierId: string;
  readonly name: string;
}

/** Makes a carrier known, so that trucks and drivers can be its own. */
@Injectable()
export class RegisterCarrier {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { carrierId, name }: RegisterCarrierInput): Promise<RegisterCarrierInput> {
    refusePersonalId('carrierId', carrierId);
    return this.changes.once(request, async ({ tx }) => {
      const made = await tx.rows(insertCarrier, [carrierId, name]);
      if (made.length === 0) {
        throw new Problem('conflict', 'CARRIER.ALREADY_REGISTERED', `the carrier ${carrierId} is registered already`);
      }
      return { events: [], answer: { carrierId, name } };
    });
  }
}

const insertCarrier = `
  INSERT INTO station.carriers (carrier_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING carrier_id`;
