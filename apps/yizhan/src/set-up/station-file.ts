import { readFileSync } from 'node:fs';
import type { Licence, ZoneLevel } from '@yizhan/contracts';
import { badInput, messageOf } from '@yizhan/process';
import { Ajv } from 'ajv';

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

const text = { type: 'string', minLength: 1 } as const;
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });
const shape = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

// Only the shape: the service says what is wrong with a value.
const isStationFile = new Ajv().compile<StationFile>(
  shape({
    area: shape({ areaCode: text, name: text }),
    policyId: text,
    zone: shape({ zoneId: text, level: text, countyCodes: listOf(text) }),
    station: shape({
      stationCode: text,
      name: text,
      countyCode: text,
      location: shape({ latitude: { type: 'number' }, longitude: { type: 'number' } }),
      bays: listOf(text),
    }),
    operators: listOf(text),
    drivers: listOf(
      shape({
        driverId: text,
        licences: listOf(text),
        credentials: { type: 'array', items: shape({ credential: text, issuer: text, validUntil: text }) },
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
    throw badInput(`${file} cannot be read: ${messageOf(error)}`, 'station.json of an archive is one to begin with.');
  }
  if (isStationFile(value)) return value;
  const [fault] = isStationFile.errors ?? [];
  throw badInput(`${file}: "${fault?.instancePath ?? ''}" ${fault?.message ?? 'is no station'}`);
}
