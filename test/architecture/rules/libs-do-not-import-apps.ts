import { appOf, libOf } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const libsDoNotImportApps: Rule = {
  id: 'libs-do-not-import-apps',
  name: 'A lib never imports an app',
  instead: 'declare in the lib what it needs (a type, a function, a token) and let the app pass it in',
  check: eachImport((importer, { target }) => !!libOf(importer) && !!target && !!appOf(target)),
};
