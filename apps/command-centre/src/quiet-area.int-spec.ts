import type { Database } from '@yizhan/persistence';
import { QuietLog } from '../../../test/support/quiet-log.js';
import { isBehind } from './alerts/alerts.sql.js';
import { commandCentreGroup, readTypes } from './command-centre.consumes.js';
import { commandCentreMigrations } from './command-centre.module.js';
import { countToCome } from './report/report.sql.js';

let log: QuietLog;
let database: Database;
const tomorrow = Date.now() + 86_400_000;

beforeAll(async () => {
  log = await QuietLog.open([commandCentreMigrations]);
  database = await log.test.open('commandCentre');
}, 120_000);
afterAll(() => log.test.close());

describe.each([
  ['before PostgreSQL has counted the log', false],
  ['when it has', true],
])('%s', (_when, isCounted) => {
  beforeAll(() => (isCounted ? log.analyze() : undefined));

  it.each<[string, string, readonly unknown[]]>([
    ['something', isBehind, ['quiet', ['yizhan.visit.queued.v1'], tomorrow, commandCentreGroup]],
    ['how much', countToCome, ['quiet', commandCentreGroup, ['yizhan.visit.queued.v1'], tomorrow, 10_000]],
    ['how much of all that is counted', countToCome, ['quiet', commandCentreGroup, readTypes, tomorrow, 10_000]],
  ])(
    '%s that is still to be counted of a quiet area is found without the entries of others',
    async (_what, sql, values) => {
      expect(await log.rowsLookedAt(database, sql, values)).toBeLessThan(100);
    },
  );
});
