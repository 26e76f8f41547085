import { badInput } from '@yizhan/process';
import type { Configuration } from '../runtime/config.js';

/** What says which of the two `start` opens. */
export interface StartChoice {
  readonly demo?: boolean;
  readonly empty?: boolean;
  readonly data?: string;
  readonly scenario?: string;
  /** Address to listen on. */
  readonly host: string;
  /** Whether real work has begun in the data directory. */
  readonly isInUse: boolean;
}

const isThisMachineAlone = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Whether a demonstration is opened: what somebody sees who has just cloned this. As soon as anything speaks of real work
 * (its data, its folder, its database, a network address, a scenario of its own) it is real work.
 * @throws Fault where a demonstration is asked for together with that.
 */
export function opensDemonstration(
  { demo = false, empty = false, data, scenario, host, isInUse }: StartChoice,
  { isForRealWork }: Pick<Configuration, 'isForRealWork'>,
): boolean {
  if (!demo) {
    const speaksOfWork = empty || isInUse || isForRealWork || data !== undefined || scenario !== undefined;
    return !speaksOfWork && isThisMachineAlone(host);
  }
  if (empty) throw badInput('--demo and --empty exclude each other', 'Give one of them.');
  const mixed = data === undefined ? (scenario === undefined ? undefined : '--scenario') : '--data';
  if (mixed !== undefined) {
    throw badInput(`--demo and ${mixed} exclude each other`, 'A demonstration has its own data, and plays yiwu.');
  }
  if (!isThisMachineAlone(host)) {
    const hint = 'It lets in whoever asks: leave out --host and YIZHAN_HTTP_HOST.';
    throw badInput(`a demonstration is for this machine alone, and ${host} is for others`, hint);
  }
  return true;
}
