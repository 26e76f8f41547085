import { ProblemError } from '@yizhan/client';
import { keyed, yizhan } from '../api/yizhan.js';
import { usualColour } from './plate.js';

/** What a ticket is given for. */
export interface TicketRequest {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly flow: 'into_zone' | 'out_of_zone';
  readonly plate: string;
  readonly expectedAt: string;
}

/** Of a truck that nobody knows: the usual one, until its driver or the gate says otherwise. */
export const usualLicence = 'A2';

/** A number in the outside queue for a truck of which only the plate is known. Sent again, it gives the same number. */
export async function takeTicket(
  { visitId, stationCode, zoneId, flow, plate, expectedAt }: TicketRequest,
  key: string,
): Promise<string> {
  const known = await knownTruck(plate);
  await yizhan.visits.announce({
    headers: keyed(`${key}/announce`),
    body: {
      visitId,
      stationCode,
      zoneId,
      flow,
      truck: {
        plate,
        plateColour: known?.plateColour ?? usualColour(plate),
        licenceRequired: known?.licenceRequired ?? usualLicence,
      },
      consignments: [],
      expectedAt,
    },
  });
  const { ticketNo } = await yizhan.visits.queue({
    path: { visitId },
    headers: keyed(`${key}/queue`),
    body: { queue: 'outside' },
  });
  return ticketNo ?? '';
}

/** As the truck is registered; `undefined` for one that is new. */
export async function knownTruck(plate: string) {
  try {
    return await yizhan.trucks.read({ path: { plate } });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return undefined;
    throw error;
  }
}
