import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import type { OverrideRequest } from '../evidence/collected.js';
import { ofTheDriver } from '../handoffs/overriding.js';
import { mayDecide, overrideRequestSteps, requestAnswer } from './override-request.js';
import type { BoardOverrideRequestResponse } from './override-requests.dto.js';

interface Asked {
  readonly handoffId: string;
  readonly visitId: string;
  readonly plate: string;
  readonly sealNumber: string | null;
  readonly readyAt: number;
  readonly state: string;
  readonly requests: readonly OverrideRequest[];
}

/** What is asked at a station and can still be decided or used, and what was refused a while ago: the oldest first. */
export async function requestsAtStation(
  database: Database,
  stationCode: string,
  caller: Caller,
  now: number,
): Promise<BoardOverrideRequestResponse[]> {
  const rows = await database.rows<Asked>(readAsked, [stationCode]);
  return rows
    .flatMap(({ requests, state, ...of }) =>
      requests
        .filter(({ rule }) => state === 'requested' || !ofTheDriver.includes(rule))
        .map((request) => shown(request, of, caller, now)),
    )
    .filter((request) => request.state !== 'expired' && Date.parse(request.expiresAt) + keptFor > now)
    .toSorted((one, other) => one.askedAt.localeCompare(other.askedAt));
}

/** A refusal, and an approval that was given in the last moment, are shown for so long after the request would have ended. */
const keptFor = 900_000;

function shown(
  request: OverrideRequest,
  { handoffId, visitId, plate, sealNumber, readyAt }: Omit<Asked, 'requests' | 'state'>,
  caller: Caller,
  now: number,
): BoardOverrideRequestResponse {
  const answer = requestAnswer(request, handoffId, now);
  return {
    ...answer,
    allowedSteps: answer.state === 'open' && mayDecide(caller, request) ? overrideRequestSteps : [],
    visitId,
    plate,
    readyAt: toIso(readyAt),
    ...(request.rule === 'seal' ? given({ recordedSeal: sealNumber }) : {}),
  };
}

const readAsked = `
  SELECT h.handoff_id AS "handoffId", v.visit_id AS "visitId", v.plate, t.seal_number AS "sealNumber",
         h.ready_at AS "readyAt", h.state, h.collected->'overrideRequests' AS requests
  FROM station.visits v
  JOIN station.handoffs h ON h.visit_id = v.visit_id AND h.state IN ('requested', 'assigned', 'accepted', 'started')
  JOIN station.trucks t ON t.plate = v.plate
  WHERE v.station_code = $1 AND v.state = 'arrived' AND h.collected ? 'overrideRequests'`;
