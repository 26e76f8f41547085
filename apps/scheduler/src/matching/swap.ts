import type { Flow, PolicyRef } from '@yizhan/contracts';
import type { PolicyRules } from '@yizhan/policy';
import type { DriverPicture } from '../picture/area-picture.js';

/** What handoffs have in common that the same drivers may take at the same cost: it is asked once for all of them. */
export interface Swap {
  readonly flow: Flow;
  readonly zoneId: string;
  readonly stationCode: string;
  readonly licenceRequired: string;
  readonly carrierId?: string;
  /** Out of the zone: whom the run itself entitles to take the truck. */
  readonly returnDriverIds: readonly string[];
  /** Earliest start of any driver, epoch milliseconds: the truck is ready, and it is not over. */
  readonly startsFrom: number;
  readonly policy: { readonly ref: PolicyRef; readonly rules: PolicyRules };
  /** Who is asked at all, in the order of ids. */
  readonly pool: readonly DriverPicture[];
  /** The pool is the one driver who is expected, wherever he is. */
  readonly isNamed: boolean;
}
