import { Injectable } from '@nestjs/common';
import type { PolicyRef, ZoneLevel } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { type Change, Changes, type Outcome, type StationRequest } from '../../changes/changes.js';
import { requireArea } from '../areas/area.repository.js';
import type { ZoneState } from './zone.js';
import { tellAreas, watchZoneEnd } from './zone.repository.js';

export interface ActivateZoneInput {
  readonly zoneId: string;
  readonly areaCode: string;
  readonly level: ZoneLevel;
  /** GB/T 2260. */
  readonly countyCodes: readonly string[];
  readonly stationCodes: readonly string[];
  readonly startsAt: number;
  readonly endsAt?: number;
  /** Must be published in the area. */
  readonly policy: PolicyRef;
}

export interface ZoneAnswer {
  readonly zoneId: string;
  readonly areaCode: string;
  readonly state: ZoneState;
  readonly version: number;
}

interface ActivatedZone {
  readonly version: number;
  readonly alsoIn: readonly string[];
}

/** Closes a place to outside drivers, for the first time or again after it was lifted. */
@Injectable()
export class ActivateZone {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: ActivateZoneInput): Promise<ZoneAnswer> {
    assertEndsAfterStart(input);
    return this.changes.once(request, (change) => this.within(change, input));
  }

  /** Part of a change that is under way: a plan closes a zone with all that belongs to it. */
  async within(change: Change, input: ActivateZoneInput): Promise<Outcome<ZoneAnswer>> {
    const { zoneId, areaCode, endsAt } = input;
    assertEndsAfterStart(input);
    const { tx } = change;
    await Promise.all([requireArea(tx, areaCode), requirePublished(tx, areaCode, input.policy)]);
    const { version, alsoIn } = await this.#activate(tx, input);
    watchZoneEnd(tx, zoneId, endsAt ?? null);
    const data = {
      zoneId,
      level: input.level,
      countyCodes: input.countyCodes,
      stationCodes: input.stationCodes,
      startsAt: toIso(input.startsAt),
      ...(endsAt === undefined ? {} : { endsAt: toIso(endsAt) }),
      policy: input.policy,
    };
    return {
      events: tellAreas('zone.activated', { areaCode, alsoIn }, change.at, data),
      answer: { zoneId, areaCode, state: 'active', version },
    };
  }

  async #activate(tx: Transaction, input: ActivateZoneInput): Promise<ActivatedZone> {
    const [zone] = await tx.rows<ActivatedZone>(upsertZone, [
      input.zoneId,
      input.areaCode,
      input.level,
      input.countyCodes,
      input.stationCodes,
      input.startsAt,
      input.endsAt ?? null,
      input.policy.id,
      input.policy.version,
    ]);
    if (zone) {
      if (zone.alsoIn.length > 0) await requirePublishedInEach(tx, zone.alsoIn, input.policy);
      return zone;
    }
    throw new Problem('illegal_state', 'ZONE.ALREADY_ACTIVE', `the zone ${input.zoneId} is active already`, {
      allowedSteps: ['lift'],
    });
  }
}

function assertEndsAfterStart({ startsAt, endsAt }: ActivateZoneInput): void {
  if (endsAt === undefined || endsAt > startsAt) return;
  throw new Problem('invalid', 'ZONE.ENDS_BEFORE_START', 'a zone ends after it starts', { field: 'endsAt' });
}

export async function requirePublished(tx: Transaction, areaCode: string, policy: PolicyRef): Promise<void> {
  const found = await tx.rows(findPolicy, [policy.id, policy.version, areaCode]);
  if (found.length > 0) return;
  throw new Problem(
    'invalid',
    'ZONE.POLICY_NOT_PUBLISHED',
    `policy ${policy.id} ${policy.version} is not published in ${areaCode}: publish it first`,
    { field: 'policy' },
  );
}

/** Every other area that serves the zone goes by its rules too. */
export async function requirePublishedInEach(
  tx: Transaction,
  areaCodes: readonly string[],
  policy: PolicyRef,
): Promise<void> {
  for (const areaCode of areaCodes) await requirePublished(tx, areaCode, policy);
}

const findPolicy = `SELECT 1 FROM station.policies WHERE policy_id = $1 AND version = $2 AND area_code = $3`;

const upsertZone = `
  INSERT INTO station.zones AS z
    (zone_id, area_code, level, state, county_codes, station_codes, starts_at, ends_at, policy_id, policy_version)
  VALUES ($1, $2, $3, 'active', $4, $5, to_timestamp($6::double precision / 1000), to_timestamp($7::double precision / 1000), $8, $9)
  ON CONFLICT (zone_id) DO UPDATE
  SET level = EXCLUDED.level, state = 'active', county_codes = EXCLUDED.county_codes, station_codes = EXCLUDED.station_codes,
      starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at, policy_id = EXCLUDED.policy_id,
      policy_version = EXCLUDED.policy_version, lifted_at = NULL, end_reached_at = NULL, version = z.version + 1
  WHERE z.state = 'lifted' AND z.area_code = EXCLUDED.area_code
  RETURNING version, also_in AS "alsoIn"`;
