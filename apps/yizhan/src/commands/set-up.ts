import { connect, ProblemError } from '@yizhan/client';
import { TokenSigner } from '@yizhan/identity';
import { SystemClock } from '@yizhan/kernel';
import { badInput, environmentFault, exitCodes, type ExitCode } from '@yizhan/process';
import { DataLock } from '../runtime/data/data-lock.js';
import { readSigningKey } from '../runtime/data/signing-key.js';
import { setUpStation, type SetUpStep } from '../set-up/set-up-station.js';
import { readStationFile } from '../set-up/station-file.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { inLanguage, print, printJson, say } from './screen.js';

const validSeconds = 600;

/** Makes the station of a file in the Yizhan that runs on this data directory; again for who begins a shift. */
export async function setUp(file: string, options: CommandOptions): Promise<ExitCode> {
  const station = readStationFile(file);
  const directory = directoryOf(options);
  const address = DataLock.holderOf(directory)?.address;
  if (address === undefined) {
    throw environmentFault('Yizhan does not run on this data directory', 'Start it first, and leave it running.');
  }
  const signer = await TokenSigner.of(readSigningKey(directory));
  const token = await signer.sign({ sub: 'administrator:set-up', role: 'administrator' }, validSeconds);
  const steps: SetUpStep[] = [];
  try {
    for await (const step of setUpStation(station, connect(address, token), new SystemClock())) {
      steps.push(step);
      if (!options.json) print(lineOf(step));
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw badInput(`${file}: ${error.message}`, 'Mend the file and run this again: what is there stays as it is.');
  } finally {
    // Also what was made before a fault: a PIN is shown this once.
    if (options.json) printJson(steps);
  }
  if (!options.json) say(inLanguage({ en: `Operators sign in at ${address}`, zh: `操作员请在 ${address} 登录` }));
  return exitCodes.ok;
}

const words: Readonly<Record<string, string>> = inLanguage<Record<string, string>>({
  en: { made: 'made', there_already: 'there already' },
  zh: {
    made: '已建立',
    there_already: '已存在',
    area: '调度区',
    policy: '规则包',
    zone: '封闭区域',
    station: '中转站',
    operator: '操作员',
    driver: '中转司机',
    credential: '资格',
    shift: '当班',
  },
});

function lineOf({ what, id, outcome, pin }: SetUpStep): string {
  const line = `${words[what] ?? what} ${id}: ${words[outcome]}`;
  return pin === undefined ? line : `${line}, PIN ${pin}`;
}
