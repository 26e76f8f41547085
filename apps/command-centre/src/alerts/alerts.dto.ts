import { Code, Codes, Flag, Instant, OneOf, PageQuery, Quantity, Text, Uuid, WholeNumber } from '@yizhan/http';
import { alertLevels, alertUnits, countedThings } from './alert-rule.js';
import { alertRuleNames } from './alert-rules.js';

export const alertStates = ['open', 'resolved'] as const;

/** Which alerts of an area. */
export class AlertsQuery extends PageQuery {
  @OneOf(alertStates, { optional: true, description: 'all unless given' })
  readonly state?: (typeof alertStates)[number];

  @Code({ optional: true })
  readonly stationCode?: string;

  @OneOf(alertLevels, { optional: true })
  readonly level?: (typeof alertLevels)[number];

  @OneOf(alertRuleNames, { optional: true })
  readonly rule?: string;
}

/** Something that asks for a person: see `docs/alerts.md`. */
export class AlertResponse {
  @Uuid()
  readonly alertId: string;

  @Code()
  readonly areaCode: string;

  @Code({ description: 'the cause: of each one alert is open at most', example: 'long_dwell/jindong' })
  readonly key: string;

  @OneOf(alertRuleNames)
  readonly rule: string;

  @Text({ free: true, description: 'empty for what is of the whole area' })
  readonly stationCode: string;

  @Text({ free: true, description: 'the licence that is missing; else empty' })
  readonly label: string;

  @OneOf(alertLevels)
  readonly level: string;

  @OneOf(alertStates)
  readonly state: string;

  @Quantity({ description: 'what the rule measures, at the last look; once it is resolved, at the last before' })
  readonly value: number;

  @OneOf(alertUnits)
  readonly unit: string;

  @Quantity({ description: 'the value from which on it has its level' })
  readonly threshold: number;

  @WholeNumber({ description: 'how many it touches' })
  readonly count: number;

  @OneOf(countedThings, { description: 'what `count` counts' })
  readonly counts: string;

  @Codes({ description: 'such as `visit/<id>`, `run/<id>` and `subscription/<id>`, the worst first, five at most' })
  readonly subjects: readonly string[];

  @Instant()
  readonly openedAt: string;

  @Instant({ description: 'when it came to its level' })
  readonly raisedAt: string;

  @Instant({ optional: true })
  readonly acknowledgedAt?: string;

  @Code({ optional: true, description: 'who is at it' })
  readonly acknowledgedBy?: string;

  @Instant({ optional: true })
  readonly acknowledgedBeforeAt?: string;

  @Code({ optional: true, description: 'who was at it before it grew worse' })
  readonly acknowledgedBeforeBy?: string;

  @Instant({ optional: true, description: 'when nobody had acknowledged it in time' })
  readonly escalatedAt?: string;

  @Instant({ optional: true, description: 'when its cause was gone' })
  readonly resolvedAt?: string;

  @Flag({ description: 'these are quiet hours for its level: it neither sounds nor escalates' })
  readonly isQuiet: boolean;
}
