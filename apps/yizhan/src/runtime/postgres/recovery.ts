import { readTerminal } from '../config.js';

/** What a PostgreSQL that had not been stopped found when it was started again. */
export interface Recovery {
  /** When it was last known to run, as PostgreSQL writes it; undefined where it does not say. */
  readonly lastUp: string | undefined;
  /** Of the newest change that it has done again from its log; undefined where there was none to do. */
  readonly lastChange: string | undefined;
}

/**
 * Reads what it has written since it was launched. @returns undefined where it was stopped in good order before.
 * @param log its lines, in English: it runs under `LC_ALL=C`.
 */
export function readRecovery(log: string): Recovery | undefined {
  if (!/was not properly shut down|was interrupted/.test(log)) return undefined;
  return {
    lastUp: instantAfter(log, 'last known up at'),
    lastChange: instantAfter(log, 'last completed transaction was at log time'),
  };
}

const instantAfter = (log: string, words: string): string | undefined =>
  new RegExp(`${words} (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)`).exec(log)?.[1];

/** For whoever has started it, who may have seen the lights go out. */
export function recoveryText({ lastUp, lastChange }: Recovery, { language } = readTerminal()): string {
  if (language === 'zh') {
    const found = lastChange === undefined ? '没有需要补做的更改' : `最后一项更改为 ${lastChange} UTC，已补做完成`;
    return `上次未正常停止（断电，或进程被强制结束${lastUp === undefined ? '' : `，最后运行于 ${lastUp} UTC`}）：数据库已自行修复，${found}；凡已确认的记录均未丢失`;
  }
  const found =
    lastChange === undefined ? 'nothing had to be done again' : `the newest change, of ${lastChange} UTC, is there`;
  const when = lastUp === undefined ? '' : `, last known to run at ${lastUp} UTC`;
  return `the last run was not stopped (a power cut, or it was killed${when}): the database has put itself in order; ${found}; nothing that was acknowledged is lost`;
}
