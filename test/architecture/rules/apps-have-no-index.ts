import type { Rule } from '../rule.js';

export const appsHaveNoIndex: Rule = {
  id: 'apps-have-no-index',
  name: 'There is no index.ts inside an app',
  instead: 'import the file that declares what you need',
  check: (tree) =>
    tree
      .filter(({ path }) => /^apps\/.*\/index\.ts$/.test(path))
      .map(({ path }) => ({ file: path, line: 1, found: 'is a barrel' })),
};
