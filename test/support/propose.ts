import type { YizhanEvent } from '@yizhan/contracts';
import { newEvent, Outbox } from '@yizhan/event-log';
import { RandomIds, toIso } from '@yizhan/kernel';
import { area } from './network.js';
import type { RunningStation } from './start-station.js';

type Proposal = YizhanEvent<'assignment.proposed'>['data'];

/** Writes what a scheduler would have proposed; the station decides on it at the next `drain`. */
export async function propose(
  station: RunningStation,
  proposal: Pick<Proposal, 'handoffId' | 'visitId' | 'driverId' | 'decisionId'> & Partial<Proposal>,
): Promise<void> {
  const { clock, database, ports } = station;
  const now = clock.now();
  // The station's own outbox knows how to wake the log.
  const { wake } = ports.outbox as unknown as { wake: () => void };
  const outbox = new Outbox('/yizhan/scheduler', clock, new RandomIds(), wake);
  const event = newEvent({
    name: 'assignment.proposed',
    subject: `assignment/${proposal.handoffId}`,
    areaCode: area,
    time: now,
    correlationId: proposal.visitId,
    data: {
      plannedStartAt: toIso(now),
      epoch: 1,
      basedOnPosition: '1',
      expiresAt: toIso(now + 60_000),
      alternatives: [],
      ...proposal,
    },
  });
  const cause = { id: `propose ${proposal.decisionId}`, causationId: 'test' };
  await database.transaction(async (tx) => outbox.append(tx, cause, [event]));
  await station.drain();
}
