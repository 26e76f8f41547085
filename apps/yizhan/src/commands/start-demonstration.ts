import { RandomIds, SystemClock } from '@yizhan/kernel';
import { endAtOnceWhenTold, exitCodes, type ExitCode, messageOf, stopInTime, untilToldToStop } from '@yizhan/process';
import { createLog } from '@yizhan/service-process';
import { openAccounts } from '../demonstration/demonstration-accounts.js';
import { describeEnterprises } from '../demonstration/describe-enterprises.js';
import { freshDemonstrationFolder } from '../demonstration/demonstration-folder.js';
import { PlayedDemonstration } from '../demonstration/play-demonstration.js';
import type { Configuration } from '../runtime/config.js';
import { Runtime } from '../runtime/runtime.js';
import { RuntimeWorld } from '../runtime/runtime-world.js';
import { yiwu } from '../scenario/yiwu.js';
import { sayEndedEarly } from './ended-early.js';
import { inLanguage, print, say, tell } from './screen.js';

export interface DemonstrationOptions {
  readonly host: string;
  readonly port: number;
  readonly json: boolean;
}

/** Plays a made-up day on a folder of its own, until it is told to stop; when the day is over it stands still. */
export async function startDemonstration(
  { host, port, json }: DemonstrationOptions,
  { edge, logLevel }: Configuration,
): Promise<ExitCode> {
  tell(
    inLanguage({
      en: 'this is a demonstration: it begins anew each time; "npm start -- --empty" begins real work',
      zh: '这是演示，每次启动都重新开始；正式使用请运行“npm start -- --empty”',
    }),
  );
  endAtOnceWhenTold(sayEndedEarly);
  const directory = await freshDemonstrationFolder();
  const played = new PlayedDemonstration(yiwu, new SystemClock().now());
  const runtime = await Runtime.start({
    directory,
    clock: played.clock,
    ids: new RandomIds(),
    database: 'embedded',
    http: { host, port },
    edge,
    mode: 'stepped',
    isDurable: false,
    what: 'start',
    log: createLog(logLevel),
    tell,
    demonstration: played,
  });
  let toldToStop: Promise<unknown>;
  let playing: Promise<void> = Promise.resolve();
  try {
    const stage = await played.playBeginning(new RuntimeWorld(runtime));
    played.accounts = await openAccounts(runtime, yiwu);
    await describeEnterprises(runtime, yiwu);
    toldToStop = untilToldToStop();
    runtime.goLive();
    playing = played
      .playOn(stage)
      .catch((error: unknown) => tell(`the demonstration stands still: ${messageOf(error)}`));
  } catch (error) {
    await runtime.stop();
    throw error;
  }
  sayReady(runtime.address ?? '', directory.path, json, played);
  const fault = await Promise.race([toldToStop.then(() => undefined), runtime.lost]);
  tell(inLanguage({ en: 'stopping', zh: '正在停止' }));
  played.stop();
  await stopInTime(async () => {
    await playing;
    await runtime.stop();
  }, tell);
  if (fault) throw fault;
  return exitCodes.ok;
}

function sayReady(address: string, data: string, json: boolean, { accounts, speed }: PlayedDemonstration): void {
  const docs = `${address}/api/docs`;
  const next = `npx yizhan token --role administrator --data ${data}`;
  if (json) return print(JSON.stringify({ ready: true, address, docs, next, demonstration: { accounts } }));
  say(
    inLanguage({
      en: `Yizhan plays a made-up day at Yiwu, ${speed} times as fast as the clock: open ${address} in a browser.
One tap signs in there, as ${accounts.map(({ accountId }) => accountId).join(', ')}.
For real work: "npm start -- --empty". For programs: "${next}" makes a token; ${docs} shows what can be asked. Ctrl-C stops.`,
      zh: `驿站正以 ${speed} 倍速演示义乌虚构的一天：请在浏览器打开 ${address}
在页面上一键登录：${accounts.map(({ accountId }) => accountId).join('、')}。
正式使用：npm start -- --empty。供程序使用：运行“${next}”签发令牌；接口说明见 ${docs}。按 Ctrl-C 停止。`,
    }),
  );
}
