import { Code, Instant } from '@yizhan/http';

export class CutOffAnswer {
  @Code()
  readonly stationCode: string;

  @Instant()
  readonly cutOffAt: string;
}

export class ReconnectedAnswer {
  @Code()
  readonly stationCode: string;
}
