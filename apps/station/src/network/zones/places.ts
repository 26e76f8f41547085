import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { given } from '../../cases/given.js';
import { lockZone } from './zone.repository.js';

export interface AddPlaceInput {
  readonly zoneId: string;
  readonly placeId: string;
  readonly name: string;
  /** WGS-84 degrees. */
  readonly location: { readonly latitude: number; readonly longitude: number };
  /** Whose place it is. */
  readonly enterpriseId?: string;
}

export interface PlaceAnswer {
  readonly zoneId: string;
  readonly placeId: string;
}

/** Names a place inside a zone that routes and runs lead to: a yard, a market, an enterprise's gate. */
@Injectable()
export class AddPlace {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: AddPlaceInput): Promise<PlaceAnswer> {
    const { zoneId, placeId, name, location, enterpriseId } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode } = await lockZone(tx, zoneId);
      if (enterpriseId !== undefined) {
        const found = await tx.rows(findEnterprise, [enterpriseId, areaCode]);
        if (found.length === 0) {
          throw new Problem('not_found', 'ENTERPRISE.NOT_FOUND', `no enterprise ${enterpriseId}`, { enterpriseId });
        }
      }
      const values = [zoneId, placeId, name, location.latitude, location.longitude, enterpriseId ?? null];
      const made = await tx.rows(insertPlace, values);
      if (made.length === 0) {
        throw new Problem('conflict', 'PLACE.ALREADY_THERE', `the zone ${zoneId} has a place ${placeId} already`);
      }
      const data = { zoneId, placeId, location, ...given({ enterpriseId }) };
      return {
        events: [newEvent({ name: 'zone.place_added', subject: `zone/${zoneId}`, areaCode, time: change.at, data })],
        answer: { zoneId, placeId },
      };
    });
  }
}

/** Takes a place off the list; where trucks have been to it, the log still says so. */
@Injectable()
export class ClosePlace {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { zoneId, placeId }: PlaceAnswer): Promise<PlaceAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode } = await lockZone(tx, zoneId);
      const gone = await tx.rows(deletePlace, [zoneId, placeId]);
      if (gone.length === 0) {
        throw new Problem('not_found', 'PLACE.NOT_FOUND', `the zone ${zoneId} has no place ${placeId}`, { placeId });
      }
      const data = { zoneId, placeId };
      return {
        events: [newEvent({ name: 'zone.place_closed', subject: `zone/${zoneId}`, areaCode, time: change.at, data })],
        answer: data,
      };
    });
  }
}

const findEnterprise = 'SELECT 1 FROM station.enterprises WHERE enterprise_id = $1 AND area_code = $2';

const insertPlace = `
  INSERT INTO station.places (zone_id, place_id, name, latitude, longitude, enterprise_id)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING place_id`;

const deletePlace = 'DELETE FROM station.places WHERE zone_id = $1 AND place_id = $2 RETURNING place_id';
