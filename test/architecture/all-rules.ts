import type { Rule } from './rule.js';
import { aLibDoesNotImportItsOwnIndex } from './rules/a-lib-does-not-import-its-own-index.js';
import { appsDoNotImportApps } from './rules/apps-do-not-import-apps.js';
import { appsHaveNoIndex } from './rules/apps-have-no-index.js';
import { forwardRefIsNotUsed } from './rules/forward-ref-is-not-used.js';
import { importsHaveNoCycles } from './rules/imports-have-no-cycles.js';
import { libsAreImportedByTheirIndex } from './rules/libs-are-imported-by-their-index.js';
import { libsDoNotImportApps } from './rules/libs-do-not-import-apps.js';
import { onlyEventLogImportsKafkajs } from './rules/only-event-log-imports-kafkajs.js';
import { productDoesNotImportTesting } from './rules/product-does-not-import-testing.js';
import { pureLibsImportOnlyWhatTheyList } from './rules/pure-libs-import-only-what-they-list.js';
import { rowsAreNotSaved } from './rules/rows-are-not-saved.js';
import { settingsDoNotLoseData } from './rules/settings-do-not-lose-data.js';
import { theClockIsPassedIn } from './rules/the-clock-is-passed-in.js';
import { theEnvironmentIsReadInConfigFiles } from './rules/the-environment-is-read-in-config-files.js';
import { verifySharesNoCode } from './rules/verify-shares-no-code.js';

/** Every architecture rule, in the order of docs/architecture-rules.md. */
export const allRules: readonly Rule[] = [
  appsDoNotImportApps,
  libsDoNotImportApps,
  libsAreImportedByTheirIndex,
  aLibDoesNotImportItsOwnIndex,
  appsHaveNoIndex,
  importsHaveNoCycles,
  forwardRefIsNotUsed,
  pureLibsImportOnlyWhatTheyList,
  onlyEventLogImportsKafkajs,
  productDoesNotImportTesting,
  verifySharesNoCode,
  theClockIsPassedIn,
  theEnvironmentIsReadInConfigFiles,
  rowsAreNotSaved,
  settingsDoNotLoseData,
];
