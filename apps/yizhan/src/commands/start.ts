import { RandomIds, SystemClock, toIso } from '@yizhan/kernel';
import { readNoticeSettings } from '@yizhan/notices';
import {
  badInput,
  endAtOnceWhenTold,
  exitCodes,
  type ExitCode,
  readPort,
  stopInTime,
  untilToldToStop,
} from '@yizhan/process';
import { createLog } from '@yizhan/service-process';
import { type Claimable, ClaimLink } from '../../../station/src/sessions/claim-link.js';
import { RegularBackups } from '../backup/regular-backups.js';
import { backUpBeforeUpgrade } from '../backup/before-upgrade.js';
import { refuseDemonstrationData } from '../demonstration/demonstration-folder.js';
import { readLanFile } from '../lan/lan-file.js';
import { readConfiguration, readHost } from '../runtime/config.js';
import { type LanStartOptions, noTabletsYet, sayLan, wantedLanOf } from './start-lan.js';
import { Runtime } from '../runtime/runtime.js';
import { RuntimeWorld } from '../runtime/runtime-world.js';
import type { Scenario } from '../scenario/scenario.js';
import { isThisMachineAlone, opensDemonstration } from './choose-start.js';
import { clockText, recordedLast } from './clock-text.js';
import { sayEndedEarly } from './ended-early.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { asTyped, inLanguage, print, say, tell } from './screen.js';

export interface StartOptions extends CommandOptions, LanStartOptions {
  readonly scenario?: string;
  readonly host?: string;
  readonly port?: string;
  readonly empty?: boolean;
  readonly demo?: boolean;
}

/** Runs until it is told to stop: the demonstration in a fresh clone, else real work. */
export async function start(options: StartOptions): Promise<ExitCode> {
  const configuration = readConfiguration();
  const host = options.host === undefined ? configuration.httpHost : readHost(options.host, '--host');
  const port = options.port === undefined ? configuration.httpPort : readPort(options.port, '--port');
  const directory = directoryOf(options, configuration);
  const { isInUse } = directory;
  const lan = await wantedLanOf(options, readLanFile(directory)?.address);
  if (lan && !isThisMachineAlone(host)) {
    throw badInput(
      `--lan keeps plain HTTP to this machine, and ${host} is for others`,
      'Leave out --host and YIZHAN_HTTP_HOST: tablets come over HTTPS.',
    );
  }
  if (opensDemonstration({ ...options, host, isInUse }, configuration)) {
    const { startDemonstration } = await import('./start-demonstration.js');
    return startDemonstration({ host, port, json: options.json === true }, configuration);
  }
  refuseDemonstrationData(directory);
  const notices = readNoticeSettings(configuration.noticesFile);
  const scenario = options.scenario === undefined ? undefined : await readScenarioOf(options.scenario);
  endAtOnceWhenTold(sayEndedEarly);
  const clock = new SystemClock();
  const backupTarget = configuration.backupDirectory ?? directory.backupFolder;
  const isOurs = configuration.databaseUrl === undefined;
  const runtime = await Runtime.start({
    directory,
    clock,
    ids: new RandomIds(),
    database: configuration.databaseUrl ?? 'embedded',
    http: { host, port },
    lan,
    onWaitForLan: (why) => tell(noTabletsYet(why)),
    reserveBytes: configuration.reserveBytes,
    edge: configuration.edge,
    webhooks: configuration.webhooks,
    tracing: configuration.tracing,
    notices,
    provider: configuration.provider,
    mode: 'live',
    what: 'start',
    log: createLog(configuration.logLevel),
    tell,
    ...(isOurs && {
      beforeUpgrade: backUpBeforeUpgrade({
        directory,
        target: backupTarget,
        reserveBytes: configuration.reserveBytes,
        tell,
      }),
    }),
  });
  const newestAt = await recordedLast(runtime.services.reader);
  const clockFault = clockText(clock.now(), newestAt);
  if (clockFault !== undefined) tell(clockFault);
  if (scenario) await loadScenario(runtime, scenario);
  // From here on it works, and is stopped in order.
  const toldToStop = untilToldToStop();
  const backups = new RegularBackups({
    directory,
    target: backupTarget,
    everyMinutes: isOurs ? configuration.backupMinutes : 0,
    keystoreTarget: configuration.keystoreBackupDirectory,
    clock,
    script: process.argv[1] ?? '',
    sign: runtime.storage,
    tell,
  });
  backups.start();
  const claim = await runtime.application.get(ClaimLink).make();
  sayReady(runtime, options, scenario, claim);
  if (!options.json) void runtime.tablets.then(sayLan);
  const fault = await Promise.race([toldToStop.then(() => undefined), runtime.lost]);
  tell(inLanguage({ en: 'stopping', zh: '正在停止' }));
  await stopInTime(async () => {
    await backups.stop();
    await runtime.stop();
  }, tell);
  if (fault) throw fault;
  return exitCodes.ok;
}

/** Checked before anything is started. */
async function readScenarioOf(nameOrFile: string): Promise<Scenario> {
  const { readScenario } = await import('../scenario/read-scenario.js');
  const { scenario, warnings } = readScenario(nameOrFile);
  for (const warning of warnings) tell(warning);
  return scenario;
}

async function loadScenario(runtime: Runtime, scenario: Scenario): Promise<void> {
  const { loadNetwork } = await import('../scenario/load-network.js');
  try {
    const { loaded, onShift, shifts } = await loadNetwork(new RuntimeWorld(runtime), scenario);
    runtime.alsoFire(shifts);
    tell(
      inLanguage({
        en: `scenario ${scenario.id}: ${loaded} things loaded, ${onShift} drivers on shift; its drivers are made up, and come and go at their hours while this runs`,
        zh: `场景 ${scenario.id}：载入 ${loaded} 项，在班司机 ${onShift} 名；司机均为虚构，运行期间按各自班次上下班`,
      }),
    );
  } catch (error) {
    await runtime.stop();
    throw error;
  }
}

function sayReady(
  { address = '', lan }: Pick<Runtime, 'address' | 'lan'>,
  { data, json }: StartOptions,
  scenario: Scenario | undefined,
  claimable: Claimable | undefined,
): void {
  const station = scenario?.stations[0]?.code;
  const role = station === undefined ? 'administrator' : `operator --station ${station}`;
  const next = asTyped(`npx yizhan token --role ${role}${data === undefined ? '' : ` --data ${data}`}`);
  const docs = `${address}/api/docs`;
  // One line, so that whoever started us can read it as it comes.
  const claim = claimable && linkAt(address, claimable);
  if (json) {
    const tablets = lan && { address: lan.address, trust: lan.trustAddress, fingerprint: lan.fingerprint };
    return print(JSON.stringify({ ready: true, address, docs, next, claim, lan: tablets }));
  }
  if (claimable) sayClaimable(address, claimable);
  say(
    inLanguage({
      en: `Yizhan is ready: open ${address} in a browser.\nFor programs: "${next}" makes a token; ${docs} shows what can be asked. Ctrl-C stops.`,
      zh: `驿站已就绪：请在浏览器打开 ${address}\n供程序使用：运行“${next}”签发令牌；接口说明见 ${docs}。按 Ctrl-C 停止。`,
    }),
  );
}

const linkAt = (address: string, { token }: Claimable): string => `${address}/claim#token=${token}`;

/** The link is the only way in that a first start leaves open: it is shown here and nowhere else. */
function sayClaimable(address: string, claimable: Claimable): void {
  const until = toIso(claimable.expiresAt);
  const link = linkAt(address, claimable);
  print(
    inLanguage({
      en: `Claim this installation, once, until ${until}: open this in a browser.\n  ${link}`,
      zh: `请在浏览器打开此链接认领本系统（一次有效，至 ${until}）：\n  ${link}`,
    }),
  );
}
