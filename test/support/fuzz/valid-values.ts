import fc from 'fast-check';
import type { KnownValues } from './known-values.js';
import type { Schema } from './operations.js';

type Resolve = (schema: Schema) => Schema;

const hour = 3_600_000;
const letters = ['a', 'Z', '7', ' ', '驿', '站', 'é', '💥', "'", '"', '\\', '%', '<', '{', '$', '\u200d', '\ufe0f'];
const line = (limits: { readonly minLength?: number; readonly maxLength?: number }): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), ...limits });

/** Makes values that a schema allows, mostly such as are known to the database, often at a limit of the schema. */
export class ValidValues {
  constructor(
    private readonly resolve: Resolve,
    private readonly known: KnownValues,
    /** Dates lie around it, epoch milliseconds. */
    private readonly now: number,
  ) {}

  /** @param parent is the field or parameter that holds `field`. */
  of(unresolved: Schema, field: string, parent = ''): fc.Arbitrary<unknown> {
    const schema = this.resolve(unresolved);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? 'any'].flat();
    const made = types.map((type) => this.#ofType(type, schema, field, parent));
    return made.length === 1 ? made[0] : fc.oneof(...made);
  }

  /** Much as it was accepted before: other ids here and there, now and then another value of the schema. */
  like(accepted: unknown, unresolved: Schema, field: string, parent = ''): fc.Arbitrary<unknown> {
    const schema = this.resolve(unresolved);
    if (Array.isArray(accepted)) {
      return fc.tuple(...accepted.slice(0, 8).map((item) => this.like(item, schema.items ?? {}, field, parent)));
    }
    const other = this.of(schema, field, parent);
    if (typeof accepted === 'object' && accepted !== null) {
      const parts = Object.entries(accepted).map(([name, part]) => {
        const kept = this.like(part, schema.properties?.[name] ?? {}, name, field);
        return [name, schema.properties?.[name] ? kept : fc.constant(part)] as const;
      });
      return fc.oneof({ weight: 19, arbitrary: fc.record(Object.fromEntries(parts)) }, { weight: 1, arbitrary: other });
    }
    // Each must be new, or asks for nothing.
    const isOwnId = schema.format === 'uuid';
    return fc.oneof({ weight: 6, arbitrary: fc.constant(accepted) }, { weight: isOwnId ? 6 : 1, arbitrary: other });
  }

  #ofType(type: string, schema: Schema, field: string, parent: string): fc.Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return this.#text(schema, field, parent);
      case 'integer':
        return wholeNumber(schema);
      case 'number':
        return quantity(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.#list(schema, field, parent);
      case 'object':
        return this.#object(schema, field);
      default:
        return fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
    }
  }

  #text(schema: Schema, field: string, parent: string): fc.Arbitrary<unknown> {
    const fresh = this.#freshText(schema);
    return fc
      .tuple(fresh, fc.nat(99), fc.nat(9))
      .map(([text, number, chance]) => (chance < 2 ? text : (this.known.pick(field, parent, number) ?? text)));
  }

  #freshText({ format, pattern, minLength = 0, maxLength = 500 }: Schema): fc.Arbitrary<unknown> {
    if (format === 'uuid') return fc.uuid();
    if (format === 'date-time') return this.#instant();
    if (format === 'date') return this.#instant().map((instant) => instant.slice(0, 10));
    if (pattern !== undefined) {
      const short = matching(pattern).filter((text) => lengthOf(text) <= maxLength);
      return fc.oneof({ weight: 3, arbitrary: short }, { weight: 1, arbitrary: filled(pattern, maxLength) });
    }
    return fc.oneof(
      { weight: 3, arbitrary: line({ minLength: Math.max(1, minLength), maxLength: Math.min(12, maxLength) }) },
      { weight: 1, arbitrary: line({ minLength: Math.min(500, maxLength), maxLength: Math.min(500, maxLength) }) },
    );
  }

  #instant(): fc.Arbitrary<string> {
    const near = fc
      .integer({ min: -48 * hour, max: 48 * hour })
      .map((offset) => new Date(this.now + offset).toISOString());
    const elsewhere = near.map((instant) => instant.replace(/\.\d+Z$/, '+08:00'));
    const far = [
      '0001-01-01T00:00:00Z',
      '1970-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
      '2024-02-29T12:00:00Z',
      '2026-03-02T08:00:00.123456789+08:00',
      '2026-03-02T00:00:00-00:00',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-14:00',
      '0001-01-01T00:00:00+14:00',
      '2026-12-31T23:59:60Z',
      '2026-03-02t08:00:00z',
    ];
    return fc.oneof(
      { weight: 6, arbitrary: near },
      { weight: 2, arbitrary: elsewhere },
      { weight: 1, arbitrary: fc.constantFrom(...far) },
    );
  }

  #list({ items = {}, minItems = 0, maxItems = 20 }: Schema, field: string, parent: string): fc.Arbitrary<unknown> {
    const item = this.of(items, field, parent);
    const few = fc.array(item, { minLength: minItems, maxLength: Math.min(3, maxItems) });
    const full = item.map((one) => Array.from({ length: Math.min(maxItems, 600) }, () => one));
    return fc.oneof({ weight: 19, arbitrary: few }, { weight: 1, arbitrary: full });
  }

  #object({ properties, required = [], additionalProperties }: Schema, field: string): fc.Arbitrary<unknown> {
    if (!properties) {
      return additionalProperties === false
        ? fc.constant({})
        : fc.dictionary(line({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), {
            maxKeys: 4,
          });
    }
    const parts = Object.entries(properties).map(([name, part]) => [name, this.of(part, name, field)] as const);
    const all = fc.record(Object.fromEntries(parts));
    const some = fc.record(Object.fromEntries(parts), { requiredKeys: [...required] });
    return fc.oneof({ weight: 1, arbitrary: all }, { weight: 4, arbitrary: some });
  }
}

/** To make one takes a second where the pattern names classes of Unicode, and there are few patterns. */
const madeOf = new Map<string, fc.Arbitrary<string>>();

function matching(pattern: string): fc.Arbitrary<string> {
  const made = madeOf.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'), { size: '-1' });
  madeOf.set(pattern, made);
  return made;
}

/** As long as the pattern lets it be, where a few letters can fill it. */
function filled(pattern: string, maxLength: number): fc.Arbitrary<string> {
  const length = Math.min(maxLength, 500);
  // The last is counted as fewer characters than it has by those who count what is seen.
  const full = ['a', '7', '驿', '𠮷', '💥\ufe0f'].map((text) =>
    Array.from(text.repeat(length)).slice(0, length).join(''),
  );
  const fitting = full.filter((text) => new RegExp(pattern, 'u').test(text));
  return fitting.length > 0 ? fc.constantFrom(...fitting) : matching(pattern);
}

/** Characters, as JSON Schema counts them. */
export const lengthOf = (text: string): number => Array.from(text).length;

function wholeNumber({ minimum = -1_000, maximum = 1_000 }: Schema): fc.Arbitrary<number> {
  const small = fc.integer({ min: Math.max(minimum, -20), max: Math.max(minimum, Math.min(maximum, 20)) });
  const edges = [minimum, maximum, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1].filter((n) => n >= minimum && n <= maximum);
  return fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(...edges) });
}

function quantity({ minimum = -1_000, maximum = 1_000 }: Schema): fc.Arbitrary<number> {
  const within = fc.double({ min: minimum, max: Math.min(maximum, 1e6), noNaN: true });
  const edges = [minimum, maximum, 5e-324, 0.1 + 0.2, 1e15, 2 ** 53 - 1].filter((n) => n >= minimum && n <= maximum);
  return fc.oneof({ weight: 4, arbitrary: within }, { weight: 1, arbitrary: fc.constantFrom(...edges) });
}
