import { ManualClock } from '@yizhan/kernel';
import { Metrics } from '@yizhan/observability';
import { appendDocuments } from '../../../test/support/append-documents.js';
import { recordedEvents } from '../../../test/support/recorded-log.js';
import { type CommandCentreGround, openCommandCentreGround } from '../../../test/support/start-command-centre.js';
import { measureCentre } from './measure-centre.js';

const clock = new ManualClock(Date.parse('2026-03-02T15:30:00.000Z'));
let ground: CommandCentreGround;

beforeAll(async () => {
  ground = await openCommandCentreGround(clock);
  await appendDocuments(await ground.test.open('station'), recordedEvents());
  await ground.write([]);
  const process = await ground.start();
  await process.drain();
  const { database } = ground;
  await database.rows(
    `INSERT INTO command_centre.alerts (alert_id, area_code, key, rule, station_code, label, level, value, count, subjects,
       opened_at, raised_at, acknowledged_at, resolved_at)
     SELECT gen_random_uuid(), 'yiwu', 'k' || n, 'crowded', 'jindong', '', level, 1, 1, '{}', $1::timestamptz, $1::timestamptz,
       acknowledged::timestamptz, resolved::timestamptz
     FROM (VALUES (1, 'warn', NULL, NULL), (2, 'critical', $1, NULL), (3, 'critical', $1, NULL),
                  (4, 'critical', NULL, $1)) AS a (n, level, acknowledged, resolved)`,
    ['2026-03-02T15:00Z'],
  );
  await database.rows(
    `INSERT INTO command_centre.cases (case_id, area_code, owner_area_code, cause, cause_key, cause_id, code, label, station_code,
       opened_at, opened_by, due_at, closed_at, closed_by, outcome, version)
     SELECT gen_random_uuid(), 'yiwu', owner, 'alert', 'alert/k' || n, gen_random_uuid(), 'crowded', '', 'jindong',
       '2026-03-02T13:00Z', 'x', due::timestamptz, closed::timestamptz, CASE WHEN closed IS NOT NULL THEN 'x' END,
       CASE WHEN closed IS NOT NULL THEN 'solved' END, 1
     FROM (VALUES (1, 'yiwu', '2026-03-02T15:00Z', NULL), (2, 'yiwu', '2026-03-02T16:00Z', NULL),
                  (3, 'ningbo', '2026-03-02T16:00Z', NULL), (4, 'yiwu', '2026-03-02T15:00Z', '2026-03-02T15:00Z')) AS c (n, owner, due, closed)`,
  );
  await database.rows(
    `INSERT INTO command_centre.notices (notice_id, cause, about, area_code, station_code, template, "values", text, language,
       recipient, gateway, made_at, due_at, expires_at, state)
     SELECT gen_random_uuid(), 'c' || n, 'a', 'yiwu', 'jindong', 't', '{}', 't', 'zh', 'r', 'text', made::timestamptz,
       made::timestamptz, made::timestamptz, state
     FROM (VALUES (1, '2026-03-02T15:00Z', 'waiting'), (2, '2026-03-02T15:00Z', 'failed'), (3, '2026-03-01T15:00Z', 'failed'),
                  (4, '2026-03-02T15:00Z', 'sent')) AS n (n, made, state)`,
  );
});
afterAll(() => ground.close());

it('shows Prometheus what the command centre shows people', async () => {
  const metrics = new Metrics((where, error) => {
    throw new Error(where, { cause: error });
  });
  measureCentre(metrics, { database: ground.database, clock });
  const lines = (await metrics.text()).split('\n').filter((line) => /^yizhan_(trucks|alerts|cases|notices)/.test(line));
  const [{ count }] = await ground.database.rows<{ count: number }>(
    `SELECT count(*) AS count FROM command_centre.stories WHERE kind = 'visit' AND state IS NOT NULL`,
  );
  expect(count).toBeGreaterThan(0);
  const trucks = lines.filter((line) => line.startsWith('yizhan_trucks{area="yiwu",state="'));
  expect(trucks.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)).toBe(count);
  expect(lines.filter((line) => !trucks.includes(line)).toSorted()).toEqual([
    'yizhan_alerts_open{area="yiwu",level="critical",acknowledged="yes"} 2',
    'yizhan_alerts_open{area="yiwu",level="warn",acknowledged="no"} 1',
    'yizhan_cases_open{area="ningbo",overdue="no"} 1',
    'yizhan_cases_open{area="yiwu",overdue="no"} 1',
    'yizhan_cases_open{area="yiwu",overdue="yes"} 1',
    'yizhan_notices_failed{gateway="text"} 1',
    'yizhan_notices_waiting{gateway="text"} 1',
  ]);
});
