import { python } from './assignment.config.js';
import { Scipy } from './scipy.js';

/** Starts the peer, or says what is missing. */
export async function startScipy(): Promise<Scipy> {
  const scipy = await Scipy.start(python);
  if (scipy) return scipy;
  throw new Error(
    `The peer is scipy, which ${python} does not have: name a Python that has it, YIZHAN_PYTHON=/path/to/python ` +
      '(python3 -m venv somewhere && somewhere/bin/pip install scipy).',
  );
}

/** CPU seconds of this process for one of `times` runs of `work`. */
export function cpuSecondsOf(times: number, work: () => void): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / times;
}
