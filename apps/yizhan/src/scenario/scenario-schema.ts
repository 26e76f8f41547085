import type { ScenarioDurations, ScenarioRates } from './scenario.js';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1, maxLength: 4000 };
const code: Schema = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$' };
const county: Schema = { type: 'string', pattern: '^[0-9]{6}$' };
const share: Schema = { type: 'number', exclusiveMinimum: 0 };
const rate: Schema = { type: 'number', minimum: 0, maximum: 1 };
const seconds: Schema = { type: 'number', minimum: 0, maximum: 86_400 };
const licence: Schema = { enum: ['A1', 'A2', 'B1', 'B2', 'C1'] };
const plateColour: Schema = { enum: ['yellow', 'blue', 'green', 'yellow_green'] };
const level: Schema = { enum: ['sealed', 'controlled', 'guarded', 'silent'] };

/** Every property is required and none beside them is allowed. */
function object(properties: Schema): Schema {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

function list(items: Schema): Schema {
  return { type: 'array', minItems: 1, items };
}

function allOf(names: readonly string[], schema: Schema): Schema {
  return object(Object.fromEntries(names.map((name) => [name, schema])));
}

const distribution: Schema = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    object({ kind: { const: 'fixed' }, seconds }),
    object({ kind: { const: 'triangular' }, minSeconds: seconds, modeSeconds: seconds, maxSeconds: seconds }),
    object({
      kind: { const: 'lognormal' },
      medianSeconds: { ...seconds, exclusiveMinimum: 0 },
      p95Seconds: { ...seconds, exclusiveMinimum: 0 },
      maxSeconds: seconds,
    }),
  ],
};

const durations = {
  checks: true,
  checksAgain: true,
  accept: true,
  travelToBay: true,
  intoBay: true,
  swap: true,
  departAfterRelease: true,
  roundTrip: true,
  noShowAfter: true,
  parkAfter: true,
  absence: true,
  nameAnother: true,
  comeBack: true,
  clearHold: true,
} satisfies Record<keyof ScenarioDurations, true>;

const rates = {
  decline: true,
  silent: true,
  noShow: true,
  checkFails: true,
  checkFailsAgain: true,
  hold: true,
  sealMismatch: true,
  otherStation: true,
  waits: true,
  goesAway: true,
  takesOtherTruck: true,
  nobodyThere: true,
  carriesLoadBack: true,
} satisfies Record<keyof ScenarioRates, true>;

const location = object({
  latitude: { type: 'number', minimum: -90, maximum: 90 },
  longitude: { type: 'number', minimum: -180, maximum: 180 },
});

const shift = object({
  from: { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
  hours: { type: 'number', exclusiveMinimum: 0, maximum: 24 },
});

/** JSON Schema (draft 7) of a scenario file; strict, so that a misspelt field is named and not ignored. */
export const scenarioSchema = object({
  id: code,
  title: text,
  text,
  area: object({ code, name: text }),
  policy: code,
  utcOffsetMinutes: { type: 'integer', minimum: -840, maximum: 840 },
  tickSeconds: { type: 'integer', minimum: 1, maximum: 60 },
  runSteps: { type: 'array', uniqueItems: true, items: { enum: ['reached', 'unloaded', 'loaded', 'left'] } },
  zones: list(object({ id: code, level, countyCodes: list(county), stations: list(code) })),
  stations: list(
    object({ code, name: text, countyCode: county, location, bays: { type: 'integer', minimum: 0, maximum: 500 } }),
  ),
  gates: list(object({ tollgate: text, zone: code, stations: list(object({ code, share })) })),
  vehicles: list(
    object({ model: { type: 'string', pattern: '^[0-9]+$' }, licence, plateColour, trailer: { type: 'boolean' } }),
  ),
  relayDrivers: list(
    object({ station: code, zone: code, licence, count: { type: 'integer', minimum: 1, maximum: 10_000 }, shift }),
  ),
  carriers: list(
    object({ id: code, name: text, share, plates: list({ type: 'string', pattern: '^\\p{Script=Han}[A-HJ-NP-Z]$' }) }),
  ),
  enterprises: list(
    object({ id: code, name: text, zone: code, share, priority: { type: 'integer', minimum: 0, maximum: 9 } }),
  ),
  durations: allOf(Object.keys(durations), distribution),
  rates: allOf(Object.keys(rates), rate),
});
