import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { Trucks } from '../custody/trucks.reader.js';
import { Visits } from '../visits/visits.reader.js';
import type { TrueNowField } from './offline-records.dto.js';
import type { Subject } from './trucks-of-records.js';

/** What is so, instead of what a tablet had thought. */
@Injectable()
export class TrueNow {
  constructor(
    private readonly database: Database,
    private readonly visits: Visits,
    private readonly trucks: Trucks,
  ) {}

  /** The visit that the record is of, else the one that the truck is on; what the caller may not see is left out. */
  async of(caller: Caller, { plate, visitId }: Subject): Promise<TrueNowField> {
    if (plate === undefined) return {};
    const known = visitId ?? (await this.openVisitOf(plate));
    const [own, truck] = await Promise.all([
      known === undefined ? undefined : unlessUnseen(this.visits.read(caller, known)),
      unlessUnseen(this.trucks.read(caller, plate)),
    ]);
    const visit = own ?? (await this.#otherVisit(caller, plate, known));
    return given({ visit, truck });
  }

  async openVisitOf(plate: string): Promise<string | undefined> {
    const [open] = await this.database.rows<{ visitId: string }>(readOpenVisit, [plate]);
    return open?.visitId;
  }

  /** A visit that never came to be: the truck may be on another one. */
  async #otherVisit(caller: Caller, plate: string, known: string | undefined) {
    const open = await this.openVisitOf(plate);
    return open === undefined || open === known ? undefined : unlessUnseen(this.visits.read(caller, open));
  }
}

async function unlessUnseen<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'not_found' || error.kind === 'forbidden')) return undefined;
    throw error;
  }
}

const readOpenVisit = `
  SELECT v.visit_id AS "visitId" FROM station.visits v WHERE v.plate = $1 AND v.state = 'arrived'`;
