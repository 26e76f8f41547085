import type { Caller } from '@yizhan/identity';
import { unreachable } from '@yizhan/kernel';
import type { EventFacts } from './logged-event.js';

/** Whether an event is the caller's to see. Every way out asks here, and nowhere else. */
export function maySee(caller: Caller, event: EventFacts): boolean {
  switch (caller.role) {
    case 'administrator':
      return true;
    case 'command_centre':
      if (!caller.isOfCounties) return caller.mayActInArea(event.areaCode);
      return event.stationCode !== undefined && caller.maySeeStation(event.stationCode);
    case 'operator':
    case 'shift_lead':
      return event.stationCode !== undefined && caller.mayActAt(event.stationCode);
    case 'carrier':
      return event.carrierId !== undefined && caller.maySeeCarrier(event.carrierId);
    case 'driver':
    case 'enterprise':
      return false;
    default:
      return unreachable(caller.role);
  }
}
