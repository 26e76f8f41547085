import type { ShiftHandover } from './shift-handover.js';

export const handoverColumns = `handover_id AS "handoverId", station_code AS "stationCode", area_code AS "areaCode", state,
  offered_at AS "offeredAt", outgoing_id AS "outgoingId", taken_at AS "takenAt", incoming_id AS "incomingId", picture`;

/** A row as `handoverColumns` reads it. */
export type HandoverRow = ShiftHandover;
