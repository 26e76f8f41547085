import { ProblemError, type TruckResponse } from '@yizhan/client';
import { yizhan } from '../api/yizhan.js';
import type { NewStep } from '../offline/step-kinds.js';
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

/** The classes of trucks, the largest first. */
export const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const;

/** Of a truck that nobody knows: the usual one, until its driver or the gate says otherwise. */
export const usualLicence = 'A2';

/** A number in the outside queue for a truck of which only the plate is known. */
export function ticketSteps(
  { visitId, stationCode, zoneId, flow, plate, expectedAt }: TicketRequest,
  known: Pick<TruckResponse, 'plateColour' | 'licenceRequired'> | undefined,
): readonly NewStep[] {
  const truck = {
    plate,
    plateColour: known?.plateColour ?? usualColour(plate),
    licenceRequired: known?.licenceRequired ?? usualLicence,
  };
  const body = { visitId, stationCode, zoneId, flow, truck, consignments: [], expectedAt };
  return [
    { kind: 'announcement', body },
    { kind: 'queue', id: visitId, body: { queue: 'outside' } },
  ];
}

/** As the truck is registered; `undefined` for one that is new. */
export async function knownTruck(plate: string, signal?: AbortSignal) {
  try {
    return await yizhan.trucks.read({ path: { plate }, ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return undefined;
    throw error;
  }
}

/** A truck that is looked up no longer than a driver at the gate is to wait, milliseconds. */
const lookUpWithin = 2_000;

/** As it is registered, as far as the service says so soon; a ticket is given all the same. */
export async function knownSoon(plate: string) {
  if (!navigator.onLine) return undefined;
  return knownTruck(plate, AbortSignal.timeout(lookUpWithin)).catch(() => undefined);
}
