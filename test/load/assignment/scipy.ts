import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { alsoWhenBrokenOff } from '../ground/ending.js';
import type { Instance } from './instances.js';

export interface Solved {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly total: number;
}

type Answer = Partial<Solved> & { readonly fault?: string; readonly scipy?: string };

/** A Python process with scipy that holds problems and solves them. */
export class Scipy {
  private constructor(
    readonly version: string,
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    readonly close: () => Promise<void>,
  ) {}

  /** @param python of `YIZHAN_PYTHON` or `python3`; `undefined` is returned where it has no scipy. */
  static async start(python: string): Promise<Scipy | undefined> {
    const program = join(process.cwd(), 'test/load/assignment/scipy-peer.py');
    const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const close = alsoWhenBrokenOff(async () => {
      child.stdin.end();
      await ended;
    });
    const first = await Promise.race([lines.next(), ended]);
    const version = first && !first.done ? (JSON.parse(first.value) as Answer).scipy : undefined;
    return version === undefined ? undefined : new Scipy(version, child, lines, close);
  }

  async load({ name, family, problem, maySkip }: Instance): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-scipy-'));
    try {
      for (const part of ['rowStart', 'column'] as const) writeFileSync(join(folder, part), problem[part]);
      for (const part of ['cost', 'skipCost'] as const)
        writeFileSync(join(folder, part), Float64Array.from(problem[part]));
      const shape = [problem.rows, problem.columns];
      await this.ask({ load: name, folder, shape, maySkip, dense: family === 'dense' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Solves it so often, and says how long one time took. */
  async solve(name: string, times: number): Promise<Solved> {
    const { seconds = NaN, cpuSeconds = NaN, total = NaN } = await this.ask({ solve: name, times });
    return { seconds, cpuSeconds, total };
  }

  private async ask(question: object): Promise<Answer> {
    this.child.stdin?.write(`${JSON.stringify(question)}\n`);
    const line = await this.lines.next();
    const answer = line.done ? { fault: 'it has ended' } : (JSON.parse(line.value) as Answer);
    if (answer.fault !== undefined) throw new Error(`scipy: ${answer.fault}`);
    return answer;
  }
}
