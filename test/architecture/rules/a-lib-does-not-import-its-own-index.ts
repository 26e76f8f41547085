import { isWithin, libOf } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const aLibDoesNotImportItsOwnIndex: Rule = {
  id: 'a-lib-does-not-import-its-own-index',
  name: 'A lib never imports its own index.ts or its own @yizhan name',
  instead: 'import the file that declares it, by its relative path: the barrel breaks dependency injection from within',
  check: eachImport((importer, { target, specifier }) => {
    const lib = libOf(importer);
    if (!lib || !target || libOf(target) !== lib) return false;
    // An example is what somebody else would write.
    if (isWithin(`libs/${lib}/examples`, importer)) return false;
    return target === `libs/${lib}/src/index.ts` || specifier.startsWith('@yizhan/');
  }),
};
