import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CodeParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import { capacityKept } from './capacity.js';
import { AreaCapacityResponse, CapacityQuery } from './capacity.dto.js';
import { CapacityReader } from './capacity.reader.js';

const minute = 60_000;
const day = 1_440 * minute;
const china = 480;

/** What the enterprises of an area keep up. */
@ApiTags('command centre')
@Controller('api/v1/command-centre/areas/:areaCode')
@Roles('command_centre', 'administrator')
export class CapacityController {
  constructor(
    private readonly capacity: CapacityReader,
    private readonly clock: Clock,
  ) {}

  @Get('capacity')
  @ApiOperation({
    operationId: 'Capacity.read',
    summary:
      'Capacity kept: as enterprises report it, by electricity and by the flow of trucks, each with its coverage',
  })
  @ApiOkResponse({ type: AreaCapacityResponse })
  async read(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() { days = 14, countyCode, utcOffsetMinutes = china }: CapacityQuery,
  ): Promise<AreaCapacityResponse> {
    if (!caller.isOfCounties) {
      caller.requireArea(areaCode);
      if (countyCode !== undefined) await this.capacity.assertCounty(areaCode, countyCode);
    }
    const now = this.clock.now();
    const offset = utcOffsetMinutes * minute;
    const today = Math.floor((now + offset) / day) * day - offset;
    const ends = Array.from({ length: days }, (_, index) => today - (days - 1 - index) * day);
    const scope = { areas: [areaCode], counties: countiesOf(caller, countyCode) };
    const { totals, parts } = await this.capacity.read(scope, [...new Set([...ends, now])]);
    const at = (moment: number) => parts.filter((part) => part.at === moment);
    return {
      areaCode,
      asOf: toIso(now),
      figures: capacityKept(totals, at(now)),
      counties: totals.map((total) => ({
        countyCode: total.countyCode,
        figures: capacityKept(
          [total],
          at(now).filter((part) => part.countyCode === total.countyCode),
        ),
      })),
      days: ends.map((end) => ({ at: toIso(end), figures: capacityKept(totals, at(end)) })),
    };
  }
}

/** A command centre of counties sees its own; undefined stands for all. */
function countiesOf(caller: Caller, countyCode: string | undefined): readonly string[] | undefined {
  if (!caller.isOfCounties) return countyCode === undefined ? undefined : [countyCode];
  return countyCode === undefined ? caller.counties : caller.counties.filter((each) => each === countyCode);
}
