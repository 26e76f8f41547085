/** The closed list of ways in which a request can fail; each edge maps a kind to its own status once. */
export const problemKinds = ['invalid', 'not_found', 'conflict', 'illegal_state', 'forbidden', 'unavailable'] as const;

export type ProblemKind = (typeof problemKinds)[number];

/** A request that cannot be carried out, with a stable code such as `HANDOFF.ALREADY_COMPLETED`. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    message: string,
    /** Machine-readable facts for the caller: the allowed steps, the field, the rival. Never personal data. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'Problem';
  }
}

/** Fails at compile time where a case of a union is left out, and at run time where the data is outside it. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
