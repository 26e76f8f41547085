import { RandomIds, SystemClock } from '@yizhan/kernel';
import { exitCodes, type ExitCode, readPort, stopInTime, untilToldToStop } from '@yizhan/process';
import { createLog } from '@yizhan/service-process';
import { readConfiguration, readHost } from '../runtime/config.js';
import { Runtime } from '../runtime/runtime.js';
import { RuntimeWorld } from '../runtime/runtime-world.js';
import type { Scenario } from '../scenario/scenario.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { inLanguage, print, tell } from './screen.js';

export interface StartOptions extends CommandOptions {
  readonly scenario?: string;
  readonly host?: string;
  readonly port?: string;
}

/** Runs until it is told to stop. */
export async function start(options: StartOptions): Promise<ExitCode> {
  const configuration = readConfiguration();
  const host = options.host === undefined ? configuration.httpHost : readHost(options.host, '--host');
  const port = options.port === undefined ? configuration.httpPort : readPort(options.port, '--port');
  const scenario = options.scenario === undefined ? undefined : await readScenarioOf(options.scenario);
  const toldToStop = untilToldToStop();
  const runtime = await Runtime.start({
    directory: directoryOf(options, configuration),
    clock: new SystemClock(),
    ids: new RandomIds(),
    database: configuration.databaseUrl ?? 'embedded',
    http: { host, port },
    mode: 'live',
    what: 'start',
    log: createLog(configuration.logLevel),
    tell,
  });
  if (scenario) await loadScenario(runtime, scenario);
  sayReady(runtime.address ?? '', options, scenario);
  const fault = await Promise.race([toldToStop.then(() => undefined), runtime.lost]);
  tell(inLanguage({ en: 'stopping', zh: '正在停止' }));
  await stopInTime(() => runtime.stop(), tell);
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

function sayReady(address: string, { data, json }: StartOptions, scenario: Scenario | undefined): void {
  const station = scenario?.stations[0]?.code;
  const role = station === undefined ? 'administrator' : `operator --station ${station}`;
  const next = `npx yizhan token --role ${role}${data === undefined ? '' : ` --data ${data}`}`;
  const docs = `${address}/api/docs`;
  // One line, so that whoever started us can read it as it comes.
  if (json) return print(JSON.stringify({ ready: true, address, docs, next }));
  print(
    inLanguage({
      en: `Yizhan is ready: ${address}\nNext: "${next}" makes a token; ${docs} shows what can be asked. Ctrl-C stops.`,
      zh: `驿站已就绪：${address}\n下一步：运行“${next}”签发令牌；接口说明见 ${docs}。按 Ctrl-C 停止。`,
    }),
  );
}
