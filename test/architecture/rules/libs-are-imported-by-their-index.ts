import { libOf } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const libsAreImportedByTheirIndex: Rule = {
  id: 'libs-are-imported-by-their-index',
  name: 'A lib is imported as @yizhan/<lib>, never by a path into it',
  instead: "import it as @yizhan/<lib>, and export from the lib's src/index.ts what is missing there",
  check: eachImport((importer, { target, specifier }) => {
    const lib = target && libOf(target);
    return !!lib && lib !== libOf(importer) && specifier !== `@yizhan/${lib}`;
  }),
};
