import { useCaller } from '../session/use-session.js';
import type { Truck } from './use-truck.js';

/** Steps of a truck that a command centre takes itself; the others are those of its station. */
const stepsOfCentre: ReadonlySet<string> = new Set(['hold_cargo', 'lift_hold']);

/** Whether it is a command centre that looks, which sees what stations do. */
export function useIsCentre(): boolean {
  return useCaller().data?.role === 'command_centre';
}

/** The truck with what a command centre may do. */
export function seenByCentre(truck: Truck): Truck {
  const { visit } = truck;
  return { ...truck, visit: { ...visit, allowedSteps: visit.allowedSteps.filter((step) => stepsOfCentre.has(step)) } };
}
