import type { ConsignmentFacts, Flow } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { placeJson, placeOfRow, type PlaceRow } from '../cases/load-case.js';
import type { Policies } from '../cases/policies.js';
import { invalid, notFound } from '../cases/problems.js';
import type { Place } from '../cases/truck-case.js';
import { Problem } from '@yizhan/kernel';
import { stationNotFound } from '../network/stations/station.repository.js';

/** Hazardous goods need an escort, which this version does not know. */
const refusedCategories: ReadonlySet<string> = new Set(['hazardous']);

export const isRefusedCategory = (category: string): boolean => refusedCategories.has(category);

/** The station that a truck comes to and the zone that it comes for. @throws Problem where it cannot come for that zone there. */
export async function placeFor(
  tx: Transaction,
  policies: Policies,
  stationCode: string,
  zoneId: string,
): Promise<Place> {
  const [row] = await tx.rows<{ place: PlaceRow; serves: boolean }>(readPlace, [stationCode, zoneId]);
  if (!row) throw await whichIsMissing(tx, stationCode, zoneId);
  if (!row.serves)
    throw invalid('STATION.NOT_OF_ZONE', `station ${stationCode} does not serve zone ${zoneId}`, {
      stationCode,
      zoneId,
    });
  return placeOfRow(tx, policies, row.place);
}

async function whichIsMissing(tx: Transaction, stationCode: string, zoneId: string): Promise<Problem> {
  const stations = await tx.rows('SELECT 1 FROM station.stations WHERE station_code = $1', [stationCode]);
  if (stations.length === 0) return stationNotFound(stationCode);
  return notFound('ZONE.NOT_FOUND', `there is no zone ${zoneId}`, { zoneId });
}

/** Whether a truck may come here to go that way, with those goods. @throws Problem. */
export function assertAcceptable(place: Place, flow: Flow, consignments: readonly ConsignmentFacts[]): void {
  const { stationCode } = place;
  if (place.stationState === 'closed') {
    throw new Problem('illegal_state', 'STATION.CLOSED', `station ${stationCode} is closed`, {
      stationCode,
      allowedSteps: [],
    });
  }
  if (flow === 'into_zone' && place.zoneState !== 'active') {
    throw new Problem('illegal_state', 'ZONE.LIFTED', 'the zone was lifted: trucks need no swap to go in', {
      allowedSteps: [],
    });
  }
  const refused = consignments.find(({ category }) => isRefusedCategory(category));
  if (refused) {
    throw invalid(
      'CARGO.HAZARDOUS',
      `consignment ${refused.id} is hazardous: it needs an escort, which is not supported`,
      {
        consignmentId: refused.id,
      },
    );
  }
}

const readPlace = `
  SELECT ${placeJson} AS place, z.zone_id = ANY (s.zone_ids) OR s.station_code = ANY (z.station_codes) AS serves
  FROM station.stations s, station.zones z WHERE s.station_code = $1 AND z.zone_id = $2`;
