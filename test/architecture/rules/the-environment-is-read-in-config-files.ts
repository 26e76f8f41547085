import { isProduct } from '../places.js';
import { type Rule, eachUse } from '../rule.js';

const isConfigFile = (path: string): boolean => /(^|[/.-])config\.ts$|\/config\//.test(path);

export const theEnvironmentIsReadInConfigFiles: Rule = {
  id: 'the-environment-is-read-in-config-files',
  name: 'process.env is read only in config.ts and *.config.ts files',
  instead: "read and check the variable in the app's config file at start, and pass the value on",
  check: eachUse('environment', (path) => isProduct(path) && !isConfigFile(path)),
};
