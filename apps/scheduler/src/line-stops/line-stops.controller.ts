import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Code, CodeParam, Flag, Instant, Nested, Text, Uuid, WholeNumber } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import { WatchedPicture } from '../answers/watched-picture.js';
import { lineStops, priorityOf } from './line-stops.js';

/** A truck with goods that a line waits for. */
export class LineStopResponse {
  @Uuid()
  readonly visitId: string;

  @Text({ example: '浙G12345' })
  readonly plate: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly enterpriseId: string;

  @Code({ description: 'category of the goods' })
  readonly category: string;

  @Instant({ description: 'when the line stops without them, as the enterprise says' })
  readonly stopsLineAt: string;

  @WholeNumber({
    min: Number.MIN_SAFE_INTEGER,
    description:
      'for how much longer the truck may wait and be there in time; below 0: the line stops whatever it does',
  })
  readonly slackSeconds: number;

  @Flag({
    description: 'whether the line stops if the truck waits as long as the pack counts, two hours unless it says so',
  })
  readonly isAtRisk: boolean;

  @WholeNumber({ max: 9, description: 'with which the scheduler counts the truck' })
  readonly priority: number;
}

/** Trucks on which lines depend, those whose line stops first at the start. */
export class LineStopsResponse {
  @Code()
  readonly areaCode: string;

  @Instant()
  readonly asOf: string;

  @Nested(() => LineStopResponse, { list: true, mostItems: 10_000 })
  readonly trucks: readonly LineStopResponse[];
}

/** What of the ranking that feeds priorities a command centre sees. */
@Controller('api/v1/areas')
@Roles('command_centre', 'administrator')
export class LineStopsController {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly clock: Clock,
  ) {}

  @Get(':areaCode/line-stops')
  @ApiOperation({
    operationId: 'Areas.lineStops',
    summary:
      'Which truck, if it waits two hours more, stops which line; the scheduler counts such trucks as more urgent',
  })
  @ApiOkResponse({ type: LineStopsResponse })
  async read(@CodeParam('areaCode') areaCode: string, @CurrentCaller() caller: Caller): Promise<LineStopsResponse> {
    if (!caller.isOfCounties) caller.requireArea(areaCode);
    const picture = await this.watched.ofArea(areaCode);
    const now = Math.max(this.clock.now(), picture.time);
    const stops = lineStops(picture, now);
    const atRisk = new Set(stops.filter(({ isAtRisk }) => isAtRisk).map(({ visit }) => visit));
    const shown = stops.filter(({ visit }) => !caller.isOfCounties || caller.stations.includes(visit.stationCode));
    return {
      areaCode,
      asOf: toIso(now),
      trucks: shown.map(({ visit, enterpriseId, category, stopsLineAt, slackSeconds, isAtRisk }) => ({
        visitId: visit.visitId,
        plate: visit.plate,
        stationCode: visit.stationCode,
        enterpriseId,
        category,
        stopsLineAt: toIso(stopsLineAt),
        slackSeconds,
        isAtRisk,
        priority: priorityOf(picture, visit, atRisk.has(visit)),
      })),
    };
  }
}
