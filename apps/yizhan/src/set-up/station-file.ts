import { readFileSync } from 'node:fs';
import type { Licence, ZoneLevel } from '@yizhan/contracts';
import { codePattern, personCodePattern } from '@yizhan/http';
import { parseInstant } from '@yizhan/kernel';
import { policyPackIds } from '@yizhan/policy';
import { badInput, messageOf } from '@yizhan/process';
import { Ajv } from 'ajv';
import { faultIn, type FieldFault, schemaFault } from '../scenario/file-faults.js';

/** One station and who works there, as `set-up` reads it; what a field means is in the description of the API. */
export interface StationFile {
  readonly area: { readonly areaCode: string; readonly name: string };
  /** Id of a policy pack. */
  readonly policyId: string;
  readonly zone: {
    readonly zoneId: string;
    readonly level: ZoneLevel;
    readonly countyCodes: readonly string[];
  };
  readonly station: {
    readonly stationCode: string;
    readonly name: string;
    /** GB/T 2260. */
    readonly countyCode: string;
    /** WGS-84 degrees. */
    readonly location: { readonly latitude: number; readonly longitude: number };
    readonly bays: readonly string[];
  };
  /** Ids of accounts, such as `operator:lin`. */
  readonly operators: readonly string[];
  readonly drivers: readonly StationDriver[];
  /** How long the shift is that begins for each of them now. */
  readonly shiftHours: number;
}

export interface StationDriver {
  readonly driverId: string;
  readonly licences: readonly Licence[];
  readonly credentials: readonly {
    readonly credential: string;
    readonly issuer: string;
    readonly validUntil: string;
  }[];
}

const isCode = 'a code of letters, digits and . _ : / @ + -';
const code = { type: 'string', pattern: codePattern.source, description: isCode } as const;
const person = { ...code, pattern: personCodePattern.source } as const;
const account = {
  type: 'string',
  pattern: '^operator:[\\p{L}\\p{N}._:/@+-]+$',
  description: 'operator: and a code, such as operator:lin',
} as const;
const county = { type: 'string', pattern: '^[0-9]{6}$', description: 'six digits of GB/T 2260' } as const;
const text = { type: 'string', minLength: 1 } as const;
const degrees = (most: number) => ({ type: 'number', minimum: -most, maximum: most });
const levels = ['sealed', 'controlled', 'guarded', 'silent'] as const satisfies readonly ZoneLevel[];
const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const satisfies readonly Licence[];
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });
const shape = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

// What the service would refuse further on, when half of the station is made.
const isStationFile = new Ajv({ verbose: true }).compile<StationFile>(
  shape({
    area: shape({ areaCode: code, name: text }),
    policyId: { type: 'string', enum: policyPackIds },
    zone: shape({ zoneId: code, level: { type: 'string', enum: levels }, countyCodes: listOf(county) }),
    station: shape({
      stationCode: code,
      name: text,
      countyCode: county,
      location: shape({ latitude: degrees(90), longitude: degrees(180) }),
      bays: listOf(code),
    }),
    operators: listOf(account),
    drivers: listOf(
      shape({
        driverId: person,
        licences: listOf({ type: 'string', enum: licences }),
        credentials: { type: 'array', items: shape({ credential: code, issuer: code, validUntil: text }) },
      }),
    ),
    shiftHours: { type: 'number', exclusiveMinimum: 0, maximum: 24 },
  }),
);

/** @throws Fault (exit code 2) that names file, field and reason. */
export function readStationFile(file: string): StationFile {
  let value: unknown;
  try {
    // Editors of Windows begin a file with a mark.
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw badInput(
      `${file} cannot be read: ${messageOf(error)}`,
      'One to begin with is station.json of an archive, or bundle/files/both/station.json of the sources.',
    );
  }
  return checkStationFile(value, file);
}

/** What is written in `file`, as a station that can be made. @throws Fault that names file, field and reason. */
export function checkStationFile(value: unknown, file: string): StationFile {
  if (!isStationFile(value)) throw faultIn(file, 'station', (isStationFile.errors ?? []).map(schemaFault));
  const faults = faultsOf(value);
  if (faults.length > 0) throw faultIn(file, 'station', faults);
  return value;
}

/** What no schema can say. */
function faultsOf({ station: { bays }, operators, drivers }: StationFile): FieldFault[] {
  const driverIds = drivers.map(({ driverId }) => driverId);
  return [
    ...doubled(bays, (index) => `station.bays[${index}]`),
    ...doubled(operators, (index) => `operators[${index}]`),
    ...doubled(driverIds, (index) => `drivers[${index}].driverId`),
    ...drivers.flatMap(({ credentials }, driver) =>
      credentials.flatMap(({ validUntil }, index) => {
        if (parseInstant(validUntil) !== undefined) return [];
        const why = 'must be an instant such as 2030-12-31T16:00:00Z';
        return [{ field: `drivers[${driver}].credentials[${index}].validUntil`, why }];
      }),
    ),
  ];
}

const doubled = (names: readonly string[], fieldAt: (index: number) => string): FieldFault[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ field: fieldAt(index), why: `"${name}" is there twice` }],
  );
