import type { Fields } from './log-builder.js';
import { NetworkHistory } from './network-history.js';

/** What is going on with a truck, so that a test need not repeat it. */
export interface Journey {
  visit: string;
  station: string;
  flow: string;
  handoff: string;
  driver: string;
  bay: string;
  run?: string;
  visits: number;
  handoffs: number;
}

export type Who = Fields & { kind: string; id: string };
export const driver = (id: string): Who => ({ kind: 'driver', id });
export const station = (id: string): Who => ({ kind: 'station', id });
export const enterprise = (id: string): Who => ({ kind: 'enterprise', id });

/** Knows where each truck is, so that its events need not say so. */
export class JourneyHistory extends NetworkHistory {
  protected readonly journeys = new Map<string, Journey>();
  protected readonly custodians = new Map<string, Who>();

  /** Writes any event of the truck's visit. */
  visitEvent(name: string, plate: string, data: Fields): this {
    const { visit, station: stationCode } = this.journey(plate);
    return this.event(name, `visit/${visit}`, { visitId: visit, areaCode: this.area, stationCode, ...data });
  }

  protected handoffEvent(name: string, plate: string, data: Fields): this {
    return this.visitEvent(name, plate, { handoffId: this.journey(plate).handoff, ...data });
  }

  journey(plate: string): Journey {
    const found = this.journeys.get(plate);
    if (!found) throw new Error(`truck ${plate} has not been seen yet`);
    return found;
  }

  protected custodian(plate: string): Who | undefined {
    return this.custodians.get(plate);
  }
}
