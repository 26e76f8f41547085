import type { ExitCode } from '@yizhan/process';
import { Command, Option } from 'commander';
import { asTyped, inLanguage } from './screen.js';
import { summaries } from './summaries.js';

/** Told the exit code of the command that has run. */
export type OnEnd = (code: ExitCode) => void;

/** Printed below every help. */
export const exitCodeHelp = inLanguage({
  en: `
Exit codes:
  0  done
  1  failed: a check failed, or the log breaks a rule
  2  bad input: an option, a file, a request
  3  this machine or its configuration: rights, ports, the database`,
  zh: `
退出码：
  0  完成
  1  失败：检查未通过，或日志违反规则
  2  输入有误：选项、文件、请求
  3  本机环境或配置问题：权限、端口、数据库`,
});

/** Lines of a help that show how it is used. */
export const examples = (...lines: readonly string[]): string =>
  asTyped(
    `\n${inLanguage({ en: 'Examples:', zh: '示例：' })}\n${lines.map((line) => `  $ npx yizhan ${line}`).join('\n')}`,
  );

export const dataOption = (): Option =>
  new Option('--data <folder>', inLanguage({ en: 'data directory (default .yizhan)', zh: '数据目录（默认 .yizhan）' }));

const jsonOption = (): Option =>
  new Option('--json', inLanguage({ en: 'print JSON on stdout', zh: '在标准输出打印 JSON' }));

/** A command with what all of them have: a line of summary, `--json`, examples and exit codes. */
export function command(name: keyof typeof summaries, ...exampleLines: readonly string[]): Command {
  return new Command(name)
    .summary(inLanguage(summaries[name]))
    .description(inLanguage(summaries[name]))
    .addOption(jsonOption())
    .addHelpText('after', examples(...exampleLines) + exitCodeHelp);
}
