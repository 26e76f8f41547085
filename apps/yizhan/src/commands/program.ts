import { Command } from 'commander';
import { variables } from '../runtime/config.js';
import { backup, restore } from './backup-program.js';
import { cluster, refill, topics } from './cluster-program.js';
import { command, dataOption, examples, exitCodeHelp, type OnEnd } from './define-command.js';
import { parked } from './parked-program.js';
import { lanPorts } from '../lan/lan-ports.js';
import { inLanguage } from './screen.js';
import { slip } from './slip-program.js';
import { summaries } from './summaries.js';

const environmentHelp = `
${inLanguage({ en: 'Environment variables:', zh: '环境变量：' })}
${Object.entries(variables)
  .map(([name, meaning]) => `  ${name.padEnd(22)} ${meaning}`)
  .join('\n')}
  DEBUG=yizhan           shows stacks of errors
  NO_COLOR=1             no colours
  LANG=zh_CN.UTF-8       中文`;

/** Every command with its options; what a command needs is loaded when it is called. */
export function buildProgram(version: string, onEnd: OnEnd): Command {
  const program = new Command('yizhan')
    .description(inLanguage(summaries.yizhan))
    .version(version)
    .showHelpAfterError(inLanguage({ en: '(add --help for the options)', zh: '（加 --help 查看选项）' }))
    .addHelpText('after', examples('start --scenario yiwu', 'token --role operator --station jindong', 'doctor'))
    .addHelpText('after', exitCodeHelp + environmentHelp);
  const all = [
    start,
    replay,
    study,
    exportCommand,
    verify,
    decisions,
    rebuild,
    migrate,
    backup,
    restore,
    doctor,
    token,
    setUp,
    parked,
    cluster,
    topics,
    refill,
    slip,
  ];
  for (const define of all) program.addCommand(define(onEnd));
  return program;
}

const start = (onEnd: OnEnd): Command =>
  command(
    'start',
    'start',
    'start --empty',
    'start --scenario yiwu --port 8080',
    'start --data /srv/yizhan --json',
    'start --empty --lan',
    'start --lan 192.168.1.5 --lan-port 8443',
  )
    .addOption(dataOption())
    .option('--empty', 'begin real work with nothing, in place of the demonstration that a first start opens on')
    .option('--demo', 'open the demonstration, also where there are data of real work: it has a folder of its own')
    .option('--scenario <name or file>', 'load this network and its drivers first, such as yiwu')
    .option('--host <address>', 'address to listen on (default 127.0.0.1: this machine alone)')
    .option('--port <number>', 'port, 0 for any free one (default 7700)')
    .option(
      '--lan [address]',
      inLanguage({
        en: 'also serve tablets of the local network over HTTPS, at this address of this machine (default: the only one)',
        zh: '同时经 HTTPS 为本地网络的平板服务；可指定本机地址（默认唯一的那个）',
      }),
    )
    .option(
      '--lan-port <number>',
      inLanguage({
        en: `port of HTTPS for --lan (default ${lanPorts.secure})`,
        zh: `--lan 的 HTTPS 端口（默认 ${lanPorts.secure}）`,
      }),
    )
    .option(
      '--trust-port <number>',
      inLanguage({
        en: `port of the page by which a tablet trusts this machine, over HTTP (default ${lanPorts.trust})`,
        zh: `平板信任本机的页面端口（HTTP，默认 ${lanPorts.trust}）`,
      }),
    )
    .action(async (options) => onEnd(await (await import('./start.js')).start(options)));

const replay = (onEnd: OnEnd): Command =>
  command(
    'replay',
    'replay tollgates-cargo-2016-10-18_24.csv --scenario yiwu --day 2016-10-19 --speed max --seed 1 --out out',
    'replay passages.csv --scenario my-region.json --speed 60 --out out',
  )
    .argument('<file.csv>', 'gate passages')
    .requiredOption('--out <folder>', 'where events.ndjson and report.json go, and the database meanwhile')
    .option('--scenario <name or file>', 'the network, the drivers and what is made up', 'yiwu')
    .option('--day <date>', 'only this local day, such as 2016-10-19')
    .option('--speed <factor>', 'max, or how many times faster than real time', 'max')
    .option('--seed <text>', 'the same seed gives the same events', '1')
    .option('--keep', 'keep the database in <out>/data when the replay is over')
    .option('--over-kafka', 'through a process per service and the Apache Kafka of KAFKA_BROKERS, step by step')
    .action(async (file, options) => onEnd(await (await import('./replay.js')).replay(file, options)));

const study = (onEnd: OnEnd): Command =>
  command(
    'study',
    'study --data tollgates-cargo-2016-10-18_24.csv --day 2016-10-19 --out study',
    'study --data tollgates-cargo-2016-10-18_24.csv --week --drivers 80 --out study-week',
    'study --worst-cases --out worst',
  )
    .option('--data <file.csv>', 'gate passages, as replay takes them')
    .option('--day <date>', 'study this local day, such as 2016-10-19')
    .option('--week', 'study all days of the file as one')
    .option('--worst-cases', 'no driver, one station, twice as many trucks as drivers, equal costs')
    .option('--drivers <percents>', 'percent of the roster that is there, one study each', '100,80,65')
    .option('--announced <percent>', 'of the trucks, that carriers announce two hours ahead', '0')
    .option('--scenario <name or file>', 'the network, the drivers and what is made up', 'yiwu')
    .option('--seed <text>', 'the same seed gives the same figures', '1')
    .option('--rounds <number>', 'rounds of the search for the bound in hindsight; 0 leaves it out', '2000')
    .option('--out <folder>', 'where study.json and study.html go', 'study')
    .action(async (options) => onEnd(await (await import('./study.js')).study(options)));

const exportCommand = (onEnd: OnEnd): Command =>
  command('export', 'export > events.ndjson', 'export --out events.ndjson', 'export | npx yizhan verify -')
    .addOption(dataOption())
    .option('--out <file>', 'file to write, - for stdout', '-')
    .action(async (options) => onEnd(await (await import('./export.js')).exportLog(options)));

const verify = (onEnd: OnEnd): Command =>
  command('verify', 'verify events.ndjson', 'verify events.ndjson --json')
    .argument('<file>', 'an export, - for stdin')
    .action(async (file, options) => onEnd(await (await import('./verify.js')).verify(file, options)));

const decisions = (onEnd: OnEnd): Command =>
  command('decisions', 'decisions', 'decisions --data /srv/yizhan --json')
    .addOption(dataOption())
    .action(async (options) => onEnd(await (await import('./decisions.js')).decisions(options)));

const rebuild = (onEnd: OnEnd): Command =>
  command('rebuild', 'rebuild', 'rebuild --data /srv/yizhan --json')
    .addOption(dataOption())
    .action(async (options) => onEnd(await (await import('./rebuild.js')).rebuildFigures(options)));

const migrate = (onEnd: OnEnd): Command =>
  command('migrate', 'migrate', 'migrate --check')
    .addOption(dataOption())
    .option('--check', 'change nothing; exit 1 where migrations are missing')
    .action(async (options) => onEnd(await (await import('./migrate.js')).migrateDatabase(options)));

const doctor = (onEnd: OnEnd): Command =>
  command('doctor', 'doctor', 'doctor --data /srv/yizhan --port 8080', 'doctor --json')
    .addOption(dataOption())
    .option('--port <number>', 'the port that start is to use (default 7700)')
    .action(async (options) => onEnd(await (await import('./doctor.js')).doctor(options)));

const setUp = (onEnd: OnEnd): Command =>
  command('set-up', 'set-up station.json', 'set-up station.json --json')
    .addOption(dataOption())
    .argument('<file.json>', 'the station, its operators and its relay drivers')
    .action(async (file, options) => onEnd(await (await import('./set-up.js')).setUp(file, options)));

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const token = (onEnd: OnEnd): Command =>
  command(
    'token',
    'token --role operator --station jindong --name lin',
    'token --role driver --driver relay-0001 --expires 7d',
    'token --role command_centre --area yiwu',
    'token --role administrator --expires 1h',
  )
    .addOption(dataOption())
    .requiredOption(
      '--role <role>',
      'operator, shift_lead, driver, carrier, enterprise, command_centre or administrator',
    )
    .option('--name <name>', 'who it is for (default: the id, or the role)')
    .option('--station <code>', 'station of an operator or shift lead; may be repeated', collect, [])
    .option('--area <code>', 'area of a command centre; may be repeated', collect, [])
    .option('--driver <id>', 'the driver that it is for')
    .option('--carrier <id>', 'the carrier that it is for')
    .option('--enterprise <id>', 'the enterprise that it is for')
    .option('--expires <duration>', 'such as 30m, 12h, 7d', '12h')
    .action(async (options) => onEnd(await (await import('./token.js')).token(options)));
