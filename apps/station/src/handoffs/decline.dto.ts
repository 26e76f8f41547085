import type { DeclineReason } from '@yizhan/contracts';
import { OneOf } from '@yizhan/http';
import { DriverOfHandoffRequest } from './handoffs.dto.js';

export const declineReasons = [
  'tired',
  'unwell',
  'truck_not_safe',
  'too_far',
  'personal',
  'other',
] as const satisfies readonly DeclineReason[];

export class DeclineRequest extends DriverOfHandoffRequest {
  @OneOf(declineReasons, { optional: true, description: 'why he does not come; nobody is judged by it' })
  readonly reason?: DeclineReason;
}
