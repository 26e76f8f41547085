import type { ConsignmentFacts } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { notFound } from '../cases/problems.js';

/** Whose truck comes, and whom its goods are for. */
interface Named {
  readonly carrierId?: string;
  readonly consignments: readonly ConsignmentFacts[];
}

interface Unknown {
  readonly carrierId: string | null;
  readonly enterpriseId: string | null;
}

/** @throws Problem `not_found` that names the carrier or the enterprise that nobody has registered. */
export async function requireRegistered(tx: Transaction, { carrierId, consignments }: Named): Promise<void> {
  const enterpriseIds = [...new Set(consignments.map(({ enterpriseId }) => enterpriseId))];
  if (carrierId === undefined && enterpriseIds.length === 0) return;
  const [unknown] = await tx.rows<Unknown>(readUnknown, [carrierId ?? null, enterpriseIds]);
  if (typeof unknown?.carrierId === 'string') {
    const { carrierId: id } = unknown;
    throw notFound('CARRIER.NOT_FOUND', `carrier ${id} is not registered: register it first`, { carrierId: id });
  }
  if (typeof unknown?.enterpriseId === 'string') {
    const { enterpriseId: id } = unknown;
    throw notFound('ENTERPRISE.NOT_FOUND', `enterprise ${id} is not registered: register it first`, {
      enterpriseId: id,
    });
  }
}

const readUnknown = `
  SELECT CASE WHEN NOT EXISTS (SELECT FROM station.carriers c WHERE c.carrier_id = $1) THEN $1::text END AS "carrierId",
         (SELECT asked.id FROM unnest($2::text[]) WITH ORDINALITY AS asked(id, nr)
          WHERE NOT EXISTS (SELECT FROM station.enterprises e WHERE e.enterprise_id = asked.id)
          ORDER BY asked.nr LIMIT 1) AS "enterpriseId"`;
