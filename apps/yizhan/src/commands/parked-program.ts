import { Command, Option } from 'commander';
import { command, dataOption, examples, exitCodeHelp, type OnEnd } from './define-command.js';
import { inLanguage } from './screen.js';
import { summaries } from './summaries.js';

/** Everything about events that could not be handled; without a further word, the summary. */
export const parked = (onEnd: OnEnd): Command => {
  const lines = [
    'parked',
    'parked list --group station --error "no truck"',
    'parked show station 4711',
    'parked release station --position 4711',
    'parked discard station 4711 --reason "typed twice at the gate"',
  ];
  const parent = new Command('parked')
    .summary(inLanguage(summaries.parked))
    .description(inLanguage(summaries.parked))
    .addHelpText('after', examples(...lines) + exitCodeHelp)
    .addCommand(summary(onEnd), { isDefault: true });
  for (const define of [list, show, release, discard, discarded, quarantined]) parent.addCommand(define(onEnd));
  return parent;
};

const summary = (onEnd: OnEnd): Command =>
  command('summary', 'parked', 'parked --group station', 'parked --json')
    .addOption(dataOption())
    .addOption(groupOption())
    .action(async (options) => onEnd(await (await import('./parked.js')).sumUpParked(options)));

const list = (onEnd: OnEnd): Command =>
  command('list', 'parked list', 'parked list --type visit.arrived --error "no truck …" --json')
    .addOption(dataOption())
    .addOption(groupOption())
    .addOption(typeOption())
    .addOption(errorOption())
    .addOption(
      option('--subject <subject>', 'of this subject, such as handoff/8f2c…', '该对象的事件，如 handoff/8f2c…'),
    )
    .action(async (options) => onEnd(await (await import('./parked.js')).listParked(options)));

const show = (onEnd: OnEnd): Command =>
  command('show', 'parked show station 4711', 'parked show station 4711 --json')
    .addOption(dataOption())
    .argument('<group>', groupHelp)
    .argument('<position>', inLanguage({ en: 'place in the log', zh: '日志位置' }))
    .action(async (group, position, options) =>
      onEnd(await (await import('./parked.js')).showParked(group, position, options)),
    );

const release = (onEnd: OnEnd): Command =>
  command(
    'release',
    'parked release station --position 4711',
    'parked release station handoff/8f2c…',
    'parked release station --all',
    'parked release scheduler --all --type visit.arrived --error "no station …"',
  )
    .addOption(dataOption())
    .argument('<group>', groupHelp)
    .argument('[subject]', inLanguage({ en: 'the same as --subject', zh: '同 --subject' }))
    .addOption(option('--position <number>', 'the first parked event of a subject', '对象的首个搁置事件'))
    .addOption(option('--subject <subject>', 'one subject, such as handoff/8f2c…', '一个对象，如 handoff/8f2c…'))
    .addOption(
      option(
        '--all',
        'the whole group, or what --type and --error leave of it',
        '整个消费组，可用 --type 与 --error 限定',
      ),
    )
    .addOption(typeOption())
    .addOption(errorOption())
    .action(async (group, subject, options) =>
      onEnd(await (await import('./parked-changes.js')).releaseParked(group, subject, options)),
    );

const discard = (onEnd: OnEnd): Command =>
  command('discard', 'parked discard station 4711 --reason "typed twice at the gate"')
    .addOption(dataOption())
    .argument('<group>', groupHelp)
    .argument('<position>', inLanguage({ en: 'the first parked event of a subject', zh: '对象的首个搁置事件' }))
    .addOption(option('--reason <text>', 'why it may be left out', '剔除的理由').makeOptionMandatory())
    .addOption(option('--by <name>', 'who decides (default: the user of this machine)', '操作人（默认本机用户）'))
    .action(async (group, position, options) =>
      onEnd(await (await import('./parked-changes.js')).discardParked(group, position, options)),
    );

const discarded = (onEnd: OnEnd): Command =>
  command('discarded', 'parked discarded', 'parked discarded --group station --json')
    .addOption(dataOption())
    .addOption(groupOption())
    .action(async (options) => onEnd(await (await import('./parked.js')).listDiscarded(options)));

const quarantined = (onEnd: OnEnd): Command =>
  command('quarantined', 'parked quarantined', 'parked quarantined --group station --json')
    .addOption(dataOption())
    .addOption(groupOption())
    .action(async (options) => onEnd(await (await import('./parked.js')).listQuarantined(options)));

const option = (flags: string, en: string, zh: string): Option => new Option(flags, inLanguage({ en, zh }));

const groupHelp = inLanguage({ en: 'consumer group, such as station', zh: '消费组，如 station' });

const groupOption = (): Option => new Option('--group <name>', groupHelp);

const typeOption = (): Option =>
  option('--type <type>', 'of this type, such as visit.arrived', '该类型的事件，如 visit.arrived');

const errorOption = (): Option =>
  option('--error <text>', 'whose error has this in it; … stands for anything', '错误含此文字，… 代表任意内容');
