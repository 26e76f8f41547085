import type { ResolvedImport, SourceFile } from './source-tree.js';

export interface Violation {
  file: string;
  line: number;
  /** What was found there. */
  found: string;
}

export interface Rule {
  /** Also the name of its folder in `planted/`. */
  id: string;
  /** A sentence that says what holds. */
  name: string;
  /** What to do instead. */
  instead: string;
  check(tree: readonly SourceFile[]): Violation[];
}

/** A rule that looks at one import at a time. */
export const eachImport =
  (isWrong: (importer: string, each: ResolvedImport) => boolean): Rule['check'] =>
  (tree) =>
    tree.flatMap((file) =>
      file.imports
        .filter((each) => isWrong(file.path, each))
        .map(({ line, specifier }) => ({ file: file.path, line, found: `imports ${specifier}` })),
    );

/** A rule that looks at one notable expression at a time. */
export const eachUse =
  (what: SourceFile['uses'][number]['what'], isLookedAt: (path: string) => boolean): Rule['check'] =>
  (tree) =>
    tree
      .filter(({ path }) => isLookedAt(path))
      .flatMap((file) =>
        file.uses
          .filter((use) => use.what === what)
          .map(({ line, text }) => ({ file: file.path, line, found: `has ${text}` })),
      );
