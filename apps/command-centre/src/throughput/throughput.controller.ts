import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, instantOf, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, Problem } from '@yizhan/kernel';
import { ThroughputQuery, ThroughputRow } from './throughput.dto.js';
import { Throughput, type ThroughputScope } from './throughput.reader.js';

const day = 24 * 60 * 60 * 1000;

/** How much goes through the stations, by the hour. */
@ApiTags('throughput')
@Controller('api/v1/throughput')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ThroughputController {
  constructor(
    private readonly throughput: Throughput,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What happened at each station in each hour, counted from the events' })
  @ApiPage(ThroughputRow)
  list(@CurrentCaller() caller: Caller, @Query() query: ThroughputQuery): Promise<Page<ThroughputRow>> {
    const to = instantOf(query.to) ?? this.clock.now();
    const from = instantOf(query.from) ?? to - day;
    if (from >= to) throw new Problem('invalid', 'REQUEST.INVALID', '`from` must lie before `to`', { field: 'from' });
    return this.throughput.list({ ...placesOf(caller, query), from, to }, query);
  }
}

/** The areas and stations that he asks for, of those that are his. @throws Problem `forbidden` for one that is not. */
function placesOf(caller: Caller, { area, station }: ThroughputQuery): Pick<ThroughputScope, 'areas' | 'stations'> {
  const areas = area === undefined ? undefined : [area];
  const stations = station === undefined ? undefined : [station];
  switch (caller.role) {
    case 'administrator':
      return { areas, stations };
    case 'command_centre':
      if (caller.isOfCounties) {
        return { areas, stations: caller.stations.filter((code) => station === undefined || code === station) };
      }
      if (area !== undefined) caller.requireArea(area);
      return { areas: areas ?? caller.areas, stations };
    default:
      if (station !== undefined) caller.requireStation(station);
      return { areas, stations: stations ?? caller.stations };
  }
}
