/** Why a pack is not to be had: nobody knows its id, or a field of it is not as it must be. */
export type PolicyErrorCode = 'POLICY.UNKNOWN_PACK' | 'POLICY.INVALID_FIELD';

/**
 * A policy pack that cannot be used. `field` is the path of the field that is wrong, such as
 * `rules.hours[1].maxSeconds`.
 */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(
    readonly code: PolicyErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}
