import { isTest, libOf } from '../places.js';
import { pureLibs } from '../pure-libs.js';
import { type Rule, eachImport } from '../rule.js';

export const pureLibsImportOnlyWhatTheyList: Rule = {
  id: 'pure-libs-import-only-what-they-list',
  name: 'A pure lib imports only what test/architecture/pure-libs.ts lists: no framework, no I/O',
  instead:
    'take the value as an argument, or keep the code that needs the package in the app or lib that has it already',
  check: eachImport((importer, { target, specifier }) => {
    const lib = libOf(importer) ?? '';
    const allowed = pureLibs[lib];
    if (!allowed || isTest(importer)) return false;
    if (!target) return !allowed.packages.includes(specifier);
    const to = libOf(target);
    return to !== lib && !(to && allowed.libs.includes(to));
  }),
};
