import { eventLogMigrations } from '@yizhan/event-log';
import { ClusterGround } from '../support/cluster-ground.js';
import { type ServiceApp, ServiceProcess } from '../support/service-process.js';

jest.setTimeout(120_000);

let ground: ClusterGround;
let unmigrated: ClusterGround;
let empty: ClusterGround;

beforeAll(async () => {
  ground = await ClusterGround.open({ hasKafka: false });
  unmigrated = await ClusterGround.open({ hasKafka: false, migrations: [eventLogMigrations] });
  empty = await ClusterGround.open({ hasKafka: false, migrations: [] });
});

afterAll(async () => {
  await ground.close();
  await unmigrated.close();
  await empty.close();
});

/** What a service says that does not start. */
async function refusal(app: ServiceApp, variables: Record<string, string>, args: readonly string[] = []) {
  const service = ServiceProcess.spawn(app, variables, { args });
  const code = await service.ended();
  return { code, said: service.said };
}

const changed = (app: ServiceApp, changes: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...ground.variablesOf(app), ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

describe('a service process that cannot work', () => {
  it.each([
    ['YIZHAN_HTTP_PORT', 'seventy', 'Give a number from 0 to 65535'],
    ['YIZHAN_TOKEN_KEYS_FILE', undefined, 'Name the JWKS file'],
    ['YIZHAN_KEYSTORE_DIRECTORY', undefined, 'Name the folder that all processes'],
    ['YIZHAN_KEYSTORE_KEY_FILE', undefined, 'Name the file of the key'],
    ['YIZHAN_KEYSTORE_KEY_FILE', __filename, 'Put it back from a backup'],
  ])('names %s=%s and how to mend it', async (name, value, mend) => {
    const { code, said } = await refusal('station', changed('station', { [name]: value }));
    expect(code).toBe(2);
    expect(said).toContain(`yizhan-station: ${name}`);
    expect(said).toContain(mend);
    expect(said).not.toContain('    at ');
  });

  it('says that the database is away, without the password', async () => {
    const away = 'postgres://yizhan_station:hidden@127.0.0.1:1/yizhan';
    const { code, said } = await refusal('station', changed('station', { YIZHAN_DATABASE_URL: away }));
    expect(code).toBe(3);
    expect(said).toContain('the PostgreSQL at 127.0.0.1:1 does not serve user yizhan_station');
    expect(said).not.toContain('hidden');
  });

  it('says that its password is wrong', async () => {
    const url = ground.variablesOf('scheduler').YIZHAN_DATABASE_URL?.replace('test-yizhan', 'not');
    const { code, said } = await refusal('scheduler', changed('scheduler', { YIZHAN_DATABASE_URL: url }));
    expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining('password authentication failed') });
  });

  it('says which migrations are missing, and runs none', async () => {
    for (const attempt of [1, 2]) {
      const { code, said } = await refusal('station', unmigrated.variablesOf('station'));
      expect({ attempt, code }).toEqual({ attempt, code: 3 });
      expect(said).toContain('these migrations have not run: CreateStation');
      expect(said).toContain('npx yizhan migrate');
    }
  });

  it('says the same where it has no migrations of its own and the log is missing', async () => {
    const { code, said } = await refusal('dispatch', empty.variablesOf('dispatch'));
    expect(code).toBe(3);
    expect(said).toContain('npx yizhan migrate');
  });

  it('says that nobody knows the name of its broker', async () => {
    const variables = { KAFKA_BROKERS: 'no-such-broker.invalid:9092' };
    const refusals = await Promise.all(
      (['publisher', 'station'] as const).map((app) => refusal(app, changed(app, variables))),
    );
    for (const { code, said } of refusals) {
      expect({ code, said }).toEqual({
        code: 3,
        said: expect.stringContaining('Kafka at no-such-broker.invalid:9092: '),
      });
      expect(said).toContain('KAFKA_BROKERS');
    }
  });

  it('can be stepped only by the process that has started it', async () => {
    const { code, said } = await refusal('station', ground.variablesOf('station'), ['--stepped', '--seed', '1']);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('IPC channel') });
  });
});

it.each(['publisher', 'station'] as const)('%s tells with --help what it reads', async (app) => {
  const help = ServiceProcess.spawn(app, {}, { args: ['--help'] });
  let told = '';
  help.child.stdout!.setEncoding('utf8').on('data', (text: string) => (told += text));
  expect(await help.ended()).toBe(0);
  for (const name of Object.keys(ground.variablesOf(app))) expect(told).toContain(name);
  expect(told).toContain(`dist/programs/${app}.mjs`);
});
