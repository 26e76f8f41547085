import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, CodeParam, instantOf, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, Problem } from '@yizhan/kernel';
import { BoardQuery, AreaBoardResponse, FigureRow, FiguresQuery } from './board.dto.js';
import { BoardReader } from './board.reader.js';
import { FiguresReader } from './figures.reader.js';
import { stationsOf } from './stations-of.js';

const day = 24 * 60 * 60 * 1000;
const china = 480;

/** What a command centre sees of its area. */
@ApiTags('command centre')
@Controller('api/v1/command-centre/areas/:areaCode')
@Roles('command_centre', 'administrator')
export class BoardController {
  constructor(
    private readonly boards: BoardReader,
    private readonly figures: FiguresReader,
    private readonly clock: Clock,
  ) {}

  @Get('board')
  @ApiOperation({
    summary: 'Figures of the last hours, and how trucks, runs, drivers, stations and exceptions stand now',
  })
  @ApiOkResponse({ type: AreaBoardResponse })
  board(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() { hours = 24, countyCode }: BoardQuery,
  ): Promise<AreaBoardResponse> {
    const stations = stationsOf(caller, areaCode);
    return this.boards.read({ areaCode, stations, countyCode, hours, now: this.clock.now() });
  }

  @Get('figures')
  @ApiOperation({ summary: 'Figures by hour or day, of each station, carrier or enterprise' })
  @ApiPage(FigureRow)
  list(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: FiguresQuery,
  ): Promise<Page<FigureRow>> {
    const { by = 'station', step = 'hour', utcOffsetMinutes = china, code } = query;
    const to = instantOf(query.to) ?? this.clock.now();
    const from = instantOf(query.from) ?? to - day;
    if (from >= to) throw new Problem('invalid', 'REQUEST.INVALID', '`from` must lie before `to`', { field: 'from' });
    const stations = stationsOf(caller, areaCode);
    if (stations && by !== 'station') throw stationsOnly();
    const codes = code === undefined ? stations : stations ? stations.filter((each) => each === code) : [code];
    return this.figures.list({ areaCode, by, codes, step, utcOffsetMinutes, from, to }, query);
  }
}

const stationsOnly = (): Problem =>
  new Problem(
    'forbidden',
    'COMMAND_CENTRE.WHOLE_AREA_ONLY',
    'figures of carriers and enterprises are of the whole area: a county has those of its stations',
    {
      field: 'by',
    },
  );
