import { appOf } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const appsDoNotImportApps: Rule = {
  id: 'apps-do-not-import-apps',
  name: 'An app imports no other app; only yizhan, the composition root, does',
  instead: "consume the other app's events, call its API, or move what both need to a lib named for its purpose",
  check: eachImport((importer, { target }) => {
    const from = appOf(importer);
    const to = target && appOf(target);
    return !!from && !!to && from !== to && from !== 'yizhan';
  }),
};
