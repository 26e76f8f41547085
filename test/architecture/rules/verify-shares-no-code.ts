import { isTest, isWithin } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

const verify = 'apps/yizhan/src/verify';

export const verifySharesNoCode: Rule = {
  id: 'verify-shares-no-code',
  name: 'The verifier imports nothing of ours: it would share the faults that it looks for',
  instead: `write it again inside ${verify}, from the contract`,
  check: eachImport(
    (importer, { target }) => isWithin(verify, importer) && !isTest(importer) && !!target && !isWithin(verify, target),
  ),
};
