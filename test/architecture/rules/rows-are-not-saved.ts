import { isProduct } from '../places.js';
import { type Rule, eachUse } from '../rule.js';

export const rowsAreNotSaved: Rule = {
  id: 'rows-are-not-saved',
  name: "TypeORM's save() is not called: it overwrites a newer row, and fails on two inserts of one id",
  instead:
    'write a guarded UPDATE … WHERE id AND version AND state RETURNING, or INSERT … ON CONFLICT, in change(id, decide)',
  check: eachUse('save', isProduct),
};
