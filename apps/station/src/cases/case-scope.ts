import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { CallerScope } from '../network/caller-scope.js';
import { uuid } from './load-case.js';

/** Whose a visit, handoff, run or truck is. */
interface Owners {
  readonly station_code: string | null;
  readonly area_code: string;
  readonly carrier_id: string | null;
  /** Of a visit that is announced: stations for which it was before it was moved. */
  readonly moved_from?: readonly string[] | null;
}

/** Who may act for, and who may see, a truck's case. */
@Injectable()
export class CaseScope {
  constructor(
    private readonly database: Database,
    private readonly areas: CallerScope,
  ) {}

  /** Those who work at the visit's station. @throws Problem `forbidden`, or `not_found`. */
  async requireVisit(caller: Caller, visitId: string): Promise<void> {
    caller.requireStation((await this.#owners('visit', visitId)).station_code ?? '');
  }

  /**
   * The station at which the caller has the truck before him: the one that he names, else the visit's or, until it has arrived, one for which
   * it was announced before it was moved. @throws Problem `forbidden` where he works at none of them, or `not_found`.
   */
  async stationOfVisit(caller: Caller, visitId: string, named: string | undefined): Promise<string> {
    const { station_code, moved_from } = await this.#owners('visit', visitId);
    const stations = [station_code ?? '', ...(moved_from ?? [])];
    const stationCode = named ?? stations.find((code) => caller.mayActAt(code)) ?? stations[0];
    caller.requireStation(stationCode);
    return stationCode;
  }

  /** Those who work at the visit's station, and the command centre of its area. @throws Problem `forbidden`, or `not_found`. */
  async requireVisitOrArea(caller: Caller, visitId: string): Promise<void> {
    const { station_code, area_code } = await this.#owners('visit', visitId);
    if (caller.role === 'command_centre') caller.requireArea(area_code);
    else caller.requireStation(station_code ?? '');
  }

  /** Those who work at the handoff's station. @throws Problem `forbidden`, or `not_found`. */
  async requireHandoff(caller: Caller, handoffId: string): Promise<void> {
    caller.requireStation((await this.#owners('handoff', handoffId)).station_code ?? '');
  }

  /** The command centre of the handoff's area. @throws Problem `forbidden`, or `not_found`. */
  async requireAreaOfHandoff(caller: Caller, handoffId: string): Promise<void> {
    caller.requireArea((await this.#owners('handoff', handoffId)).area_code);
  }

  /** Those who work at the handoff's station, and the two drivers of it. @throws Problem `forbidden`, or `not_found`. */
  async requirePartOf(caller: Caller, handoffId: string): Promise<void> {
    if (caller.role !== 'driver') return this.requireHandoff(caller, handoffId);
    const [drivers] = await this.database.rows<{ ids: string[] }>(driversOfHandoff, [uuid(handoffId)]);
    if (!drivers) throw notFound('handoff', handoffId);
    if (drivers.ids.some((driverId) => caller.isDriver(driverId))) return;
    throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_HANDOFF', 'you neither give this truck away nor take it over');
  }

  /** The carrier whose truck it is. @throws Problem `forbidden`, or `not_found`. */
  async requireOwnTruck(caller: Caller, handoffId: string): Promise<void> {
    const { carrier_id } = await this.#owners('handoff', handoffId);
    if (carrier_id !== null && caller.carrierId === carrier_id) return;
    throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_TRUCK', 'the truck is not yours');
  }

  /** Those of the run's area, and its carrier. @throws Problem `forbidden`, or `not_found`. */
  async requireRun(caller: Caller, runId: string): Promise<void> {
    await this.#requireAreaOrCarrier(caller, await this.#owners('run', runId));
  }

  /** An enterprise, for a run in the zone that it lies in. @throws Problem `forbidden`, or `not_found`. */
  async requireRunToEnterprise(runId: string, enterpriseId: string): Promise<void> {
    await this.#owners('run', runId);
    const [reaches] = await this.database.rows(runToEnterprise, [uuid(runId), enterpriseId]);
    if (reaches) return;
    throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_RUN', 'the truck is not on a run in the zone of the enterprise');
  }

  /** Those of the truck's area; for a truck that we have not seen yet those of the enterprise's. @throws Problem `forbidden`. */
  async requireTruck(caller: Caller, plate: string, enterpriseId: string | undefined): Promise<void> {
    const rows = await this.database.rows<Owners>(ownersOf.truck, [plate]);
    const [owners] =
      rows.length > 0 ? rows : await this.database.rows<Owners>(ownersOf.enterprise, [enterpriseId ?? null]);
    if (!owners) throw notFound('truck', plate);
    await this.#requireAreaOrCarrier(caller, owners);
  }

  /** Who may see a case: the carrier whose truck it is, the staff of its station, the command centre of its area or county. */
  maySee(caller: Caller, { stationCode, areaCode, carrierId }: Seen): boolean {
    if (caller.role === 'carrier') return caller.maySeeCarrier(carrierId ?? undefined);
    return caller.mayActInArea(areaCode) || (stationCode !== undefined && caller.maySeeStation(stationCode));
  }

  async #requireAreaOrCarrier(caller: Caller, { area_code, carrier_id }: Owners): Promise<void> {
    if (caller.role !== 'carrier') return this.areas.requireArea(caller, area_code);
    if (!caller.maySeeCarrier(carrier_id ?? undefined))
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_TRUCK', 'the truck is not yours');
  }

  async #owners(what: 'visit' | 'handoff' | 'run', id: string): Promise<Owners> {
    const [owners] = await this.database.rows<Owners>(ownersOf[what], [uuid(id)]);
    if (!owners) throw notFound(what, id);
    return owners;
  }
}

/** What a case says of whose it is. */
export interface Seen {
  readonly stationCode?: string;
  readonly areaCode: string;
  readonly carrierId: string | null;
}

export function notFound(what: string, id: string): Problem {
  return new Problem('not_found', `${what.toUpperCase()}.NOT_FOUND`, `there is no ${what} ${id}`);
}

const driversOfHandoff = `
  SELECT ARRAY_REMOVE(ARRAY[h.driver_id, CASE WHEN t.custodian_kind = 'driver' THEN t.custodian_id END], NULL) AS ids
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id JOIN station.trucks t ON t.plate = v.plate
  WHERE h.handoff_id = $1`;

const runToEnterprise = `
  SELECT 1 FROM station.runs r JOIN station.enterprises e ON e.zone_id = r.zone_id
  WHERE r.run_id = $1 AND e.enterprise_id = $2`;

const ownersOf = {
  visit: `SELECT station_code, area_code, carrier_id, CASE WHEN state = 'announced' THEN moved_from END AS moved_from
    FROM station.visits WHERE visit_id = $1`,
  handoff: `SELECT h.station_code, v.area_code, v.carrier_id
    FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id WHERE h.handoff_id = $1`,
  run: `SELECT NULL AS station_code, r.area_code, t.carrier_id
    FROM station.runs r JOIN station.trucks t ON t.plate = r.plate WHERE r.run_id = $1`,
  truck: 'SELECT NULL AS station_code, area_code, carrier_id FROM station.trucks WHERE plate = $1',
  enterprise:
    'SELECT NULL AS station_code, area_code, NULL AS carrier_id FROM station.enterprises WHERE enterprise_id = $1',
};
