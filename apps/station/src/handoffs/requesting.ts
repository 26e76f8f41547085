import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { credentialsNeeded } from '@yizhan/policy';
import { eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { isLive, type RequestedHandoff } from './handoff.js';

/** Whether who holds the truck now may not drive it on: he lives on the other side, or nobody sits in it. */
export function needsSwap({ visit, place, custodianSide }: TruckCase): boolean {
  if (place.zoneState !== 'active') return false;
  return custodianSide !== (visit.flow === 'into_zone' ? visit.zoneId : null);
}

/** Asks for a driver after a passed check; undefined where none is needed, or one is on the way, or the swap is done. */
export function requestHandoff(
  truckCase: TruckCase,
  now: Now,
  asked?: string,
): { readonly handoff: RequestedHandoff; readonly events: readonly NewEvent[] } | undefined {
  const { visit, truck, handoff: before, place } = truckCase;
  if (isLive(before) || before?.state === 'completed' || !needsSwap(truckCase)) return undefined;
  const tryNo = (before?.tryNo ?? 0) + 1;
  const handoffId = asked ?? now.newId(`handoff/${tryNo}`);
  const handoff: RequestedHandoff = {
    handoffId,
    visitId: visit.visitId,
    stationCode: visit.stationCode,
    tryNo,
    readyAt: now.at,
    assignmentNo: 0,
    collected: null,
    version: 0,
    state: 'requested',
  };
  const requirements = { licence: truck.licenceRequired, certificates: credentialsNeeded(place.rules, truck) };
  const requested = eventOfVisit(visit, 'handoff.requested', now.at, {
    handoffId,
    readyAt: toIso(now.at),
    requirements,
  });
  return { handoff, events: [requested] };
}
