import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { ReportScopes } from '../reports/report-scope.js';
import { HandoverPictures } from './handover-pictures.js';
import { answerOfHandover, type HandoverAnswer, handOver } from './shift-handover.js';

export interface HandOverShiftInput {
  readonly stationCode: string;
}

/** The outgoing lead signs how the station stands, for the next one. */
@Injectable()
export class HandOverShift {
  constructor(
    private readonly changes: Changes,
    private readonly scopes: ReportScopes,
    private readonly pictures: HandoverPictures,
  ) {}

  async execute(request: StationRequest, { stationCode }: HandOverShiftInput): Promise<HandoverAnswer> {
    // Before the transaction: it only reads, and what it reads is said with its instant.
    const scope = await this.scopes.ofStation(stationCode);
    const picture = await this.pictures.draw(scope, request.at ?? this.changes.now);
    return this.changes.once(request, async (change) => {
      const { tx, at } = change;
      await tx.rows(lockStation, [stationCode]);
      const [before] = await tx.rows<{ handover_id: string }>(supersede, [stationCode]);
      const { areaCode } = scope;
      const signed = {
        handoverId: change.newId('handover'),
        stationCode,
        areaCode,
        outgoingId: request.caller,
        picture,
      };
      const { handoverId, outgoingId } = signed;
      await tx.rows(insert, [
        handoverId,
        stationCode,
        areaCode,
        picture.since,
        at,
        outgoingId,
        JSON.stringify(picture),
      ]);
      const offered = { ...signed, state: 'offered' as const, offeredAt: at, takenAt: null, incomingId: null };
      return { events: [handOver(signed, before?.handover_id, at)], answer: answerOfHandover(offered) };
    });
  }
}

const lockStation = `SELECT station_code FROM station.stations WHERE station_code = $1 FOR UPDATE`;

const supersede = `
  UPDATE station.shift_handovers SET state = 'superseded', version = version + 1
  WHERE station_code = $1 AND state = 'offered' RETURNING handover_id`;

const insert = `
  INSERT INTO station.shift_handovers (handover_id, station_code, area_code, state, since, offered_at, outgoing_id, picture)
  VALUES ($1, $2, $3, 'offered', $4, to_timestamp($5::double precision / 1000), $6, $7)`;
