import type { ZoneLevel } from '@yizhan/contracts';
import { Code, Codes, Instant, Nested, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';
import { type ZoneState, zoneTable } from './zone.js';

export const levels = ['sealed', 'controlled', 'guarded', 'silent'] as const satisfies readonly ZoneLevel[];
const states = Object.keys(zoneTable);

export class PolicyReference {
  @Code({ example: 'cn-freight' })
  readonly id: string;

  @Code({ example: '2026-11' })
  readonly version: string;
}

export class ActivateZoneRequest {
  @Code()
  readonly zoneId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(levels, { description: '封控 sealed, 管控 controlled, 防范 guarded, 静默 silent' })
  readonly level: ZoneLevel;

  @Codes({ description: 'GB/T 2260' })
  readonly countyCodes: string[];

  @Codes()
  readonly stationCodes: string[];

  @Instant()
  readonly startsAt: string;

  @Instant({ optional: true })
  readonly endsAt?: string;

  @Nested(() => PolicyReference)
  readonly policy: PolicyReference;
}

export class ChangeZoneRequest {
  @OneOf(levels, { optional: true, description: '封控 sealed, 管控 controlled, 防范 guarded, 静默 silent' })
  readonly level?: ZoneLevel;

  @Instant({ optional: true, nullable: true, description: 'null: until it is lifted' })
  readonly endsAt?: string | null;

  @Nested(() => PolicyReference, { optional: true })
  readonly policy?: PolicyReference;
}

export class ZoneAnswerResponse {
  @Code()
  readonly zoneId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(states)
  readonly state: ZoneState;

  @WholeNumber()
  readonly version: number;
}

export class OpenRunResponse {
  @Uuid()
  readonly runId: string;

  @Code()
  readonly plate: string;

  @Code()
  readonly driverId: string;
}

export class LiftedZoneResponse extends ZoneAnswerResponse {
  @Nested(() => OpenRunResponse, { list: true, description: 'runs that are still to be ended' })
  readonly openRuns: readonly OpenRunResponse[];
}

export class ShareZoneRequest {
  @Code({ description: 'the area whose stations serve the zone too' })
  readonly areaCode: string;
}

export class ZoneResponse extends ActivateZoneRequest {
  @Codes({ description: 'other areas that serve it too' })
  readonly alsoIn: readonly string[];

  @OneOf(states)
  readonly state: ZoneState;

  @Instant({ optional: true })
  readonly liftedAt?: string;

  @Instant({ optional: true, description: 'its time is over since then: lift it, or say until when it lasts' })
  readonly endReachedAt?: string;

  @WholeNumber()
  readonly version: number;
}

export class ZonesQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: ZoneState;
}
