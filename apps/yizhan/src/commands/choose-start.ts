import { badInput } from '@yizhan/process';
import type { Configuration } from '../runtime/config.js';

/** What says which of the two `start` opens. */
export interface StartChoice {
  readonly demo?: boolean;
  readonly empty?: boolean;
  readonly data?: string;
  readonly scenario?: string;
  /** Whether, or at which address, tablets are served. */
  readonly lan?: string | true;
  /** Address to listen on. */
  readonly host: string;
  /** Whether real work has begun in the data directory. */
  readonly isInUse: boolean;
}

/** Whether an address to listen on is for nobody else. */
export const isThisMachineAlone = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Whether a demonstration is opened: what somebody sees who has just cloned this. As soon as anything speaks of real work
 * (its data, its folder, its database, a network address, tablets, a scenario of its own) it is real work.
 * @throws Fault where a demonstration is asked for together with that.
 */
export function opensDemonstration(
  { demo = false, empty = false, data, scenario, lan, host, isInUse }: StartChoice,
  { isForRealWork }: Pick<Configuration, 'isForRealWork'>,
): boolean {
  if (!demo) {
    const isNamed = [data, scenario, lan].some((each) => each !== undefined);
    const speaksOfWork = empty || isInUse || isForRealWork || isNamed;
    return !speaksOfWork && isThisMachineAlone(host);
  }
  if (empty) throw badInput('--demo and --empty exclude each other', 'Give one of them.');
  const mixed = data === undefined ? (scenario === undefined ? undefined : '--scenario') : '--data';
  if (mixed !== undefined) {
    throw badInput(`--demo and ${mixed} exclude each other`, 'A demonstration has its own data, and plays yiwu.');
  }
  if (lan !== undefined) {
    const hint = 'It lets in whoever asks, and is for this machine alone.';
    throw badInput('--demo and --lan exclude each other', hint);
  }
  if (!isThisMachineAlone(host)) {
    const hint = 'It lets in whoever asks: leave out --host and YIZHAN_HTTP_HOST.';
    throw badInput(`a demonstration is for this machine alone, and ${host} is for others`, hint);
  }
  return true;
}
