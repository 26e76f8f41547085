import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(__dirname, '../..');

export type ServiceApp = 'publisher' | 'station' | 'scheduler' | 'dispatch' | 'command-centre';

type Variables = Readonly<Record<string, string>>;

interface Settings {
  readonly args?: readonly string[];
  /** With a channel to tell it what to do. */
  readonly hasChannel?: boolean;
}

/** One built service in a process of its own, told everything by its environment. */
export class ServiceProcess {
  #errors = '';
  #address = '';

  private constructor(readonly child: ChildProcess) {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
  }

  /** Starts it and waits for its ready line. @throws Error with what it said where it ends before. */
  static async start(app: ServiceApp, variables: Variables, settings: Settings = {}): Promise<ServiceProcess> {
    const service = ServiceProcess.spawn(app, variables, settings);
    const line = await Promise.race([
      once(service.child.stdout!.setEncoding('utf8'), 'data').then(([text]) => String(text)),
      service.ended().then((code) => Promise.reject(new Error(`${app} ended with ${code}: ${service.said}`))),
    ]);
    const { address, ...others } = JSON.parse(line) as { ready: boolean; service: string; address: string };
    expect(others).toEqual({ ready: true, service: app });
    service.#address = address;
    return service;
  }

  /** Starts it and waits for nothing. */
  static spawn(
    app: ServiceApp,
    variables: Variables,
    { args = [], hasChannel = false }: Settings = {},
  ): ServiceProcess {
    const main = resolve(root, `dist/programs/${app}.mjs`);
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...onlyTheMachines(), ...variables },
      stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? (['ipc'] as const) : [])],
    });
    return new ServiceProcess(child);
  }

  get address(): string {
    return this.#address;
  }

  /** Everything on its stderr so far. */
  get said(): string {
    return this.#errors;
  }

  /** Its exit code, or the signal that has killed it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode ?? child.signalCode;
  }

  /** Status and body of a GET. */
  async get(path: string, headers: Variables = {}): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.address}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  }

  /** Waits until it says that it is alive, ready, or either not. */
  async untilHealth(which: 'live' | 'ready', status: number): Promise<void> {
    while ((await this.get(`/health/${which}`)).status !== status) await pause(100);
  }

  /** Tells it to stop. @returns its exit code, and after how many milliseconds it was gone. */
  async stop(): Promise<{ code: number | NodeJS.Signals | null; took: number }> {
    const begun = performance.now();
    this.child.kill('SIGTERM');
    const code = await this.ended();
    return { code, took: performance.now() - begun };
  }

  /** Ends it without a farewell, where it has not ended yet. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended();
  }
}

/** The test's own settings must not reach the product. */
const onlyTheMachines = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(YIZHAN_|KAFKA_|NODE_ENV$)/.test(name)));
