import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { messageOf, systemCode } from '@yizhan/process';
import { unknownVariables, variables } from '../runtime/config.js';
import { DataLock } from '../runtime/data/data-lock.js';
import { type Check, fail, ok, warn } from './check.js';
import { nearestFolder } from './machine.js';

export const environmentVariables: Check = {
  name: 'environment',
  title: { en: 'Environment variables', zh: '环境变量' },
  look: () => {
    const unknown = unknownVariables();
    if (unknown.length === 0) return ok('every YIZHAN_ variable is known and fits');
    return warn(`nobody reads ${unknown.join(', ')}`, `Known are ${Object.keys(variables).join(', ')}.`);
  },
};

export const dataDirectoryRights: Check = {
  name: 'data-directory',
  title: { en: 'Data directory', zh: '数据目录' },
  look: ({ directory }) => {
    const folder = nearestFolder(directory.path);
    try {
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      return fail(messageOf(error), 'Give yourself the rights to it, or name another folder with --data.');
    }
    if (!directory.isInUse) return ok(`${directory.path} will be made by the first start`);
    const secret = [join(directory.path, 'secrets.json'), directory.keysFolder, directory.keystoreFolder];
    const open = secret.filter(isOpenToOthers);
    if (open.length === 0) return ok(directory.path);
    return warn(
      `others on this machine may read ${open.map((path) => basename(path)).join(' and ')}`,
      `Run "chmod -R go= ${open.join(' ')}".`,
    );
  },
};

const isOpenToOthers = (path: string): boolean =>
  process.platform !== 'win32' && existsSync(path) && (statSync(path).mode & 0o077) !== 0;

export const lockFile: Check = {
  name: 'lock',
  title: { en: 'Lock', zh: '目录锁' },
  look: ({ directory }) => {
    const holder = DataLock.holderOf(directory);
    if (holder)
      return ok(`"yizhan ${holder.what}" runs here as process ${holder.pid}, ${holder.address ?? 'no address yet'}`);
    if (existsSync(directory.lockFile)) return ok('left by a copy that was killed; the next start takes it over');
    return ok('nobody works on the data directory');
  },
};

export const httpPort: Check = {
  name: 'port',
  title: { en: 'Port', zh: '端口' },
  look: async ({ directory, configuration: { httpHost, httpPort: port } }) => {
    const address = `${httpHost}:${port}`;
    const holder = DataLock.holderOf(directory);
    if (holder?.address && new URL(holder.address).port === String(port)) return ok(`${address} is ours`);
    const server = createServer();
    try {
      server.listen(port, httpHost);
      await once(server, 'listening');
      server.close();
      return ok(`${address} is free`);
    } catch (error) {
      const taken = systemCode(error) === 'EADDRINUSE';
      return fail(
        taken ? `${address} is taken by another program` : messageOf(error),
        'Choose another with --port or YIZHAN_HTTP_PORT, or stop what listens there.',
      );
    }
  },
};
