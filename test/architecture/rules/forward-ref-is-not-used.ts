import { type Rule, eachUse } from '../rule.js';

export const forwardRefIsNotUsed: Rule = {
  id: 'forward-ref-is-not-used',
  name: 'forwardRef is not used',
  instead: 'a cycle of providers is a missing event or a misplaced file: split what both sides need out of them',
  check: eachUse('forwardRef', () => true),
};
