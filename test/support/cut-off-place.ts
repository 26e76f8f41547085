import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Joins two sockets; where one ends the other does. */
const joining = `const join = (one, other) => {
  for (const [from, to] of [[one, other], [other, one]]) from.on('error', () => to.destroy()).pipe(to);
};`;

/** Runs in the network without a way out: brings 127.0.0.1 up, and leads from a socket in the file system to a port there. */
const doormanScript = `const net = require('node:net');
${joining}
require('node:child_process').execFileSync('ip', ['link', 'set', 'lo', 'up']);
const [file, port] = process.argv.slice(1);
net.createServer((socket) => join(socket, net.connect(Number(port), '127.0.0.1'))).listen(file, () => console.log('open'));`;

/** Who runs programs there: an ordinary user, also where the tests are root's. */
export const ordinaryUser = { uid: 65_534, gid: 65_534 } as const;

const isRoot = process.getuid?.() === 0;

/** A network of its own with 127.0.0.1 alone, whose one port can be reached from here at the same number. */
export class CutOffPlace {
  private constructor(
    readonly port: number,
    /** False where this user may not make one: then programs run in the network of the tests. */
    readonly isCutOff: boolean,
    private readonly door: Server | undefined,
    private readonly doorman: ChildProcess | undefined,
    private readonly file: string,
  ) {}

  static async open(): Promise<CutOffPlace> {
    const file = join(tmpdir(), `yizhan-door-${process.pid}`);
    const door = createServer((socket) => {
      const inside = connect(file);
      for (const [from, to] of [
        [socket, inside],
        [inside, socket],
      ] as const)
        from.on('error', () => to.destroy()).pipe(to);
    });
    await once(door.listen(0, '127.0.0.1'), 'listening');
    const { port } = door.address() as AddressInfo;
    if (!isRoot || spawnSync('unshare', ['--net', 'true']).status !== 0) {
      door.close();
      await once(door, 'close');
      return new CutOffPlace(port, false, undefined, undefined, file);
    }
    const args = ['--net', process.execPath, '-e', doormanScript, file, String(port)];
    const inside = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(inside.stdout, 'data');
    return new CutOffPlace(port, true, door, inside, file);
  }

  /** Runs a program there as an ordinary user, with an environment that names no program. */
  run(folder: string, command: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const [program = '', ...args] = [
      ...(this.doorman ? ['nsenter', `--net=/proc/${this.doorman.pid}/ns/net`, '--'] : []),
      ...(isRoot ? ['setpriv', `--reuid=${ordinaryUser.uid}`, `--regid=${ordinaryUser.gid}`, '--clear-groups'] : []),
      '/usr/bin/env',
      '-i',
      'PATH=',
      ...variables,
      ...command,
    ];
    return spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async close(): Promise<void> {
    this.door?.close();
    if (this.doorman?.kill()) await once(this.doorman, 'exit');
    rmSync(this.file, { force: true });
  }
}
