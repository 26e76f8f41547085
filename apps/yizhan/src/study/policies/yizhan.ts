import { matchArea } from '../../../../scheduler/src/matching/match-area.js';
import type { Policy } from './policy.js';

/** The matching of the scheduler, as it runs in the product. */
export const yizhan: Policy = { name: 'yizhan', decide: matchArea };
