import { isProduct, isTest } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const productDoesNotImportTesting: Rule = {
  id: 'product-does-not-import-testing',
  name: 'Product code never imports libs/testing, a test folder or a spec',
  instead: 'move what the product needs to the lib that it is about; builders and fakes stay in libs/testing',
  check: eachImport((importer, { target }) => isProduct(importer) && !!target && isTest(target)),
};
