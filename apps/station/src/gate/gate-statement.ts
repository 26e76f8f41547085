import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@yizhan/persistence';
import { Attachments } from '../attachments/attachments.js';
import { notFound } from '../cases/case-scope.js';
import { uuid } from '../cases/load-case.js';
import { conflict, notFound as problemNotFound } from '../cases/problems.js';

/** What a driver says of himself at the gate. Nothing follows from it before whoever works there lets him in. */
export interface GateStatement {
  /** As numbers are kept. */
  readonly phone: string;
  readonly name?: string;
  readonly carrierName?: string;
  /** In his words. */
  readonly cargo?: string;
}

/** Whose key it is encrypted with, apart from that of the visit's photos: it is kept for much less long. */
export const gateOwner = (visitId: string): string => `gate:${visitId.toLowerCase()}`;

/** Until he is let in, and somewhat longer: from then on it is known where it belongs. */
export const statementKeptFor = 24 * 3_600_000;

/** @throws Problem `not_found`, or `conflict` once the truck is in, or will not come. */
export async function requireExpected(tx: Transaction, visitId: string): Promise<void> {
  const [visit] = await tx.rows<{ state: string }>(readState, [uuid(visitId)]);
  if (!visit) throw notFound('visit', visitId);
  if (visit.state === 'announced') return;
  throw conflict('GATE.TOO_LATE', 'whoever works at the gate has this truck in hand already', { state: visit.state });
}

@Injectable()
export class GateStatements {
  constructor(
    private readonly database: Database,
    private readonly attachments: Attachments,
  ) {}

  /** The last one; that it was read is recorded. @throws Problem `not_found`. */
  async read(visitId: string, caller: string): Promise<GateStatement & { readonly saidAt: number }> {
    const owner = gateOwner(visitId);
    const [last] = await this.database.rows<{ digest: string; added_at: number }>(readLast, [owner]);
    if (!last) throw problemNotFound('GATE.NOTHING_SAID', 'the driver has not said who he is yet', { visitId });
    const text = await this.attachments.readNote(owner, last.digest, caller);
    return { ...(JSON.parse(text) as GateStatement), saidAt: last.added_at };
  }
}

const readState = 'SELECT state FROM station.visits WHERE visit_id = $1';

const readLast = `
  SELECT digest, added_at FROM station.attachments WHERE owner = $1 ORDER BY added_at DESC, digest LIMIT 1`;
