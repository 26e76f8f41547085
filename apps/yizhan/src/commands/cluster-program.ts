import { kafkaVariables } from '@yizhan/process';
import { Command, Option } from 'commander';
import { command, dataOption, examples, exitCodeHelp, type OnEnd } from './define-command.js';
import { inLanguage } from './screen.js';
import { summaries } from './summaries.js';

/** What may have to be said of Kafka, besides where it is. */
const kafkaHelp = `
${inLanguage({ en: 'Environment variables about Kafka:', zh: '有关 Kafka 的环境变量：' })}
${Object.entries(kafkaVariables)
  .map(([name, meaning]) => `  ${name.padEnd(26)} ${meaning}`)
  .join('\n')}`;

/** Every service in processes of its own. */
export const cluster = (onEnd: OnEnd): Command =>
  command(
    'cluster',
    'cluster',
    'cluster --processes station=2,scheduler=2 --brokers 3',
    'cluster --port 8080 --data /srv/yizhan --json',
  )
    .addOption(dataOption())
    .addOption(option('--host <address>', 'address to listen on (default 127.0.0.1)', '监听地址（默认 127.0.0.1）'))
    .addOption(option('--port <number>', 'port, 0 for any free one (default 7700)', '端口，0 为任意（默认 7700）'))
    .addOption(
      option(
        '--processes <counts>',
        'how many of each, such as station=2,scheduler=2 (default: one)',
        '各服务的进程数，如 station=2,scheduler=2（默认各一个）',
      ),
    )
    .addOption(
      option(
        '--brokers <count>',
        'how many Kafka brokers to start where KAFKA_BROKERS names none (default 1)',
        '未设 KAFKA_BROKERS 时启动的 Kafka 节点数（默认 1）',
      ).choices(['1', '3']),
    )
    .addHelpText('after', kafkaHelp)
    .action(async (options) => onEnd(await (await import('./cluster.js')).cluster(options)));

/** What the topic on Kafka must be like; without a further word, whether it is. */
export const topics = (onEnd: OnEnd): Command =>
  new Command('topics')
    .summary(inLanguage(summaries.topics))
    .description(inLanguage(summaries.topics))
    .addHelpText('after', examples('topics check', 'topics provision') + exitCodeHelp + kafkaHelp)
    .addCommand(check(onEnd), { isDefault: true })
    .addCommand(provision(onEnd));

const check = (onEnd: OnEnd): Command =>
  command('check', 'topics check', 'topics check --json')
    .addOption(dataOption())
    .action(async (options) => onEnd(await (await import('./topics.js')).checkTopics(options)));

const provision = (onEnd: OnEnd): Command =>
  command('provision', 'topics provision', 'topics provision --json')
    .addOption(dataOption())
    .action(async (options) => onEnd(await (await import('./topics.js')).provisionTopics(options)));

export const refill = (onEnd: OnEnd): Command =>
  command('refill', 'refill', 'refill --data /srv/yizhan')
    .addOption(dataOption())
    .addHelpText('after', kafkaHelp)
    .action(async (options) => onEnd(await (await import('./refill.js')).refill(options)));

const option = (flags: string, en: string, zh: string): Option => new Option(flags, inLanguage({ en, zh }));
