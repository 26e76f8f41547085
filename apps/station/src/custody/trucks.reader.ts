import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { notFound } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { TruckRow } from './truck.entity.js';
import type { TruckResponse, TrucksQuery } from './trucks.dto.js';

/** Trucks as they are shown: a carrier sees its own, everybody else those of his areas. */
@Injectable()
export class Trucks {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  async list(caller: Caller, query: TrucksQuery): Promise<Page<TruckResponse>> {
    const { custodianKind, custodianId, carrierId, baseZoneId } = query;
    return listRows(this.database, query, {
      of: TruckRow,
      keys: ['plate'],
      where: { custodianKind, custodianId, carrierId, baseZoneId, ...(await this.#own(caller)) },
      item: truckResponse,
    });
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, plate: string): Promise<TruckResponse> {
    const own = await this.#own(caller);
    const row = await this.database.read((manager) => manager.findOneBy(TruckRow, { plate }));
    const isSeen =
      row &&
      (!own.areaCode || own.areaCode.includes(row.areaCode)) &&
      (!own.carrierId || own.carrierId === row.carrierId);
    if (!isSeen) throw notFound('truck', plate);
    return truckResponse(row);
  }

  async #own(caller: Caller): Promise<{ areaCode?: readonly string[]; carrierId?: string }> {
    if (caller.role === 'carrier') return { carrierId: caller.carrierId ?? '' };
    return given({ areaCode: await this.scope.areasOf(caller) });
  }
}

function truckResponse(row: TruckRow): TruckResponse {
  const { plate, areaCode, plateColour, licenceRequired, version, custodianKind, custodianId, custodyAt } = row;
  const { trailerPlate, carrierId, baseZoneId, sealNumber } = row;
  const custodian =
    custodianKind !== null && custodianId !== null ? { kind: custodianKind, id: custodianId } : undefined;
  return {
    plate,
    areaCode,
    plateColour,
    licenceRequired,
    version,
    ...given({ trailerPlate, carrierId, baseZoneId, sealNumber, custodian }),
    ...isoFields({ custodyAt }),
  };
}
