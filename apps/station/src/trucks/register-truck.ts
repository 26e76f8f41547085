import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { together } from '../changes/together.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import { requireZone } from '../network/zones/zone.repository.js';
import { requireRegistered } from '../visits/registered-parties.js';
import { completed, eventOfTruck, type RegisteredTruck, upsertTrucks, type WrittenTruck } from './registered-truck.js';

export interface TruckAnswer {
  readonly plate: string;
  readonly areaCode: string;
  readonly version: number;
}

/** Makes a truck known before it comes to a gate, or completes what the gate has said of it. */
@Injectable()
export class RegisterTruck {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, truck: RegisteredTruck): Promise<TruckAnswer> {
    const { plate, areaCode, carrierId, baseZoneId } = truck;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await together<[void, void, void]>([
        requireArea(tx, areaCode),
        requireRegistered(tx, { ...(carrierId === undefined ? {} : { carrierId }), consignments: [] }),
        baseZoneId === null ? Promise.resolve() : requireZone(tx, baseZoneId, areaCode),
      ]);
      const [made] = await tx.rows<WrittenTruck>(upsertTrucks, [JSON.stringify([truck]), change.at]);
      if (!made) {
        throw new Problem(
          'conflict',
          'TRUCK.ALREADY_REGISTERED',
          `truck ${plate} is registered, on its way or another carrier's: change it`,
          {
            plate,
          },
        );
      }
      return {
        events: [eventOfTruck('truck.registered', completed(truck, made), change.at)],
        answer: { plate, areaCode, version: made.version },
      };
    });
  }
}
