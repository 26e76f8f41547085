/** `apps/station/src/x.ts` is of the app `station`. */
export const appOf = (path: string): string | undefined => /^apps\/([^/]+)\//.exec(path)?.[1];

/** `libs/kernel/src/x.ts` is of the lib `kernel`. */
export const libOf = (path: string): string | undefined => /^libs\/([^/]+)\//.exec(path)?.[1];

export const isWithin = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

/** Specs, `test/`, a `test` folder inside an app or lib, and libs/testing. */
export const isTest = (path: string): boolean =>
  isWithin('libs/testing', path) ||
  /(^|\/)test\//.test(path) ||
  /\.(spec|int-spec|e2e-spec|kafka-spec|browser-spec)\.ts$/.test(path);

export const isProduct = (path: string): boolean => /^(apps|libs)\//.test(path) && !isTest(path);
