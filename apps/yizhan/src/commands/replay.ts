import { join, resolve } from 'node:path';
import { exitCodes, type ExitCode, stopInTime, untilToldToStop } from '@yizhan/process';
import { createLog } from '@yizhan/service-process';
import { planReplay, type ReplayPlan } from '../replay/plan-replay.js';
import { printReport } from '../replay/report/print-report.js';
import { type ReplayResult, runReplay } from '../replay/run-replay.js';
import type { World } from '../replay/world.js';
import { givenKafka, kafkaSettingsOf } from '../cluster/cluster.config.js';
import { readConfiguration } from '../runtime/config.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { Runtime } from '../runtime/runtime.js';
import { RuntimeWorld } from '../runtime/runtime-world.js';
import { Progress } from './progress.js';
import { inLanguage, print, printJson, tell } from './screen.js';

export interface ReplayCommandOptions {
  readonly out: string;
  readonly scenario: string;
  readonly day?: string;
  readonly speed: string;
  readonly seed: string;
  readonly keep?: boolean;
  readonly overKafka?: boolean;
  readonly json?: boolean;
}

/** Plays passages in front of a product of its own, whose database lies in the out folder until the replay is over. */
export async function replay(file: string, options: ReplayCommandOptions): Promise<ExitCode> {
  const out = resolve(options.out);
  const plan = await planReplay({ ...options, file, out });
  for (const warning of plan.warnings) tell(warning);
  const directory = new DataDirectory(join(out, 'data'));
  const toldToStop = new AbortController();
  void untilToldToStop().then(() => toldToStop.abort());
  const product = await (options.overKafka ? startProcesses(directory, plan) : startRuntime(directory, plan));
  let result: ReplayResult;
  try {
    result = await play(product.world, plan, toldToStop.signal);
  } finally {
    await stopInTime(() => product.stop(), tell);
  }
  if (!result.isFinished) {
    tell(inLanguage({ en: 'stopped; the same command goes on from here', zh: '已停止；再次运行同一命令即可继续' }));
    return exitCodes.failed;
  }
  if (!options.keep) discardDataDirectory(directory);
  sayResult(result, options.json === true);
  return exitCodes.ok;
}

/** Something to play in front of. */
interface Product {
  readonly world: World;
  stop(): Promise<void>;
}

async function startRuntime(directory: DataDirectory, plan: ReplayPlan): Promise<Product> {
  const runtime = await Runtime.start({
    directory,
    clock: plan.clock,
    ids: plan.ids,
    database: 'embedded',
    mode: plan.mode,
    isDurable: plan.mode === 'live',
    what: 'replay',
    log: createLog(readConfiguration().logLevel),
    tell,
  });
  return { world: new RuntimeWorld(runtime), stop: () => runtime.stop() };
}

async function startProcesses(directory: DataDirectory, plan: ReplayPlan): Promise<Product> {
  const kafka = kafkaSettingsOf(givenKafka(), 'yizhan-replay');
  const { startOverKafka, topicOfReplay } = await import('../replay/over-kafka/start-over-kafka.js');
  return startOverKafka({ directory, plan, kafka: topicOfReplay(kafka), tell });
}

async function play(world: World, plan: ReplayPlan, signal: AbortSignal): Promise<ReplayResult> {
  const progress = await Progress.start('replay', 1);
  try {
    return await runReplay(world, plan, {
      signal,
      onProgress: (ended, trips) => progress.update(ended, trips),
    });
  } finally {
    progress.stop();
  }
}

function sayResult({ report, eventsFile, reportFile, refusals }: ReplayResult, json: boolean): void {
  if (json) return printJson({ ...report, eventsFile, reportFile, refusals });
  print(printReport(report));
  tell(inLanguage({ en: `wrote ${eventsFile} and ${reportFile}`, zh: `已写入 ${eventsFile} 与 ${reportFile}` }));
}
