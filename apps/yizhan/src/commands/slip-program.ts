import { Command } from 'commander';
import { command, dataOption, examples, exitCodeHelp, type OnEnd } from './define-command.js';
import { inLanguage } from './screen.js';
import { summaries } from './summaries.js';

/** Everything about handoff slips that needs no running service. */
export const slip = (onEnd: OnEnd): Command => {
  const lines = ['slip verify "YZ1:…" --keys slip-keys.json', 'slip keys --out slip-keys.json', 'slip rotate'];
  const parent = new Command('slip')
    .summary(inLanguage(summaries.slip))
    .description(inLanguage(summaries.slip))
    .addHelpText('after', examples(...lines) + exitCodeHelp);
  for (const define of [verify, keys, rotate]) parent.addCommand(define(onEnd));
  return parent;
};

const verify = (onEnd: OnEnd): Command =>
  command('slipVerify', 'slip verify "YZ1:…"', 'slip verify scanned.txt --keys slip-keys.json', 'slip verify - --json')
    .name('verify')
    .addOption(dataOption())
    .argument(
      '<text or file>',
      inLanguage({
        en: 'what was scanned, or a file with it, - for stdin',
        zh: '扫码内容，或含此内容的文件，- 为标准输入',
      }),
    )
    .option(
      '--keys <file>',
      inLanguage({
        en: 'public keys (default: those of the data directory)',
        zh: '公钥文件（默认取数据目录中的公钥）',
      }),
    )
    .action(async (text, options) => onEnd((await import('./slip.js')).verifyHandoffSlip(text, options)));

const keys = (onEnd: OnEnd): Command =>
  command('slipKeys', 'slip keys', 'slip keys --out slip-keys.json')
    .name('keys')
    .addOption(dataOption())
    .option('--out <file>', inLanguage({ en: 'file to write, - for stdout', zh: '写入的文件，- 为标准输出' }), '-')
    .action(async (options) => onEnd((await import('./slip.js')).exportSlipKeys(options)));

const rotate = (onEnd: OnEnd): Command =>
  command('slipRotate', 'slip rotate', 'slip rotate --data /srv/yizhan')
    .name('rotate')
    .addOption(dataOption())
    .action(async (options) => onEnd(await (await import('./slip.js')).rotateKeys(options)));
