import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { SystemClock, toIso } from '@yizhan/kernel';
import { messageOf, systemCode } from '@yizhan/process';
import { authorityFile, readAuthority } from '../lan/authority.js';
import { type LanFile, readLanFile } from '../lan/lan-file.js';
import { inUrl, localAddresses } from '../lan/local-addresses.js';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { type Check, fail, type Finding, ok, warn } from './check.js';

const day = 86_400_000;
const firstUse = '"yizhan start --lan" serves tablets';

export const localNetwork: Check = {
  name: 'local-network',
  title: { en: 'Local network', zh: '本地网络' },
  look: async ({ directory }) => {
    const found = localAddresses().map(({ address, via }) => `${address} (${via})`);
    const lan = readLanFile(directory);
    if (!lan) return ok(`${firstUse}; addresses: ${found.join(', ') || 'none'}`);
    const served = await certificateAt(lan);
    const place = `https://${inUrl(lan.address)}:${lan.port}`;
    if (served === new X509Certificate(lan.certificate).fingerprint256) return ok(`${place} is ours`);
    for (const port of [lan.port, lan.trustPort]) {
      const taken = await faultOfPort(lan.address, port);
      if (taken) return taken;
    }
    return ok(`${place} and port ${lan.trustPort} are free; addresses: ${found.join(', ') || 'none'}`);
  },
};

/** Fingerprint of what is shown there; undefined where nobody answers. */
async function certificateAt({ address, port }: LanFile): Promise<string | undefined> {
  // Whoever it is: the certificate is compared, and nothing is sent.
  const socket = connect({ host: address, port, rejectUnauthorized: false, timeout: 2_000 });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate()?.fingerprint256;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

async function faultOfPort(address: string, port: number): Promise<Finding | undefined> {
  const server = createServer();
  try {
    server.listen(port, address);
    await once(server, 'listening');
    server.close();
    return undefined;
  } catch (error) {
    switch (systemCode(error)) {
      case 'EADDRINUSE':
        return fail(
          `${address}:${port} is taken by another program`,
          'Choose others with --lan-port and --trust-port, or stop what listens there.',
        );
      case 'EADDRNOTAVAIL':
        return warn(
          `${address}, at which tablets know this PC, is not its address any more`,
          'Have the router give this PC always the same address, or start with --lan and let tablets open the new one.',
        );
      default:
        return fail(messageOf(error), 'Choose others with --lan-port and --trust-port.');
    }
  }
}

export const localCertificate: Check = {
  name: 'certificate',
  title: { en: 'Certificate', zh: '证书' },
  look: ({ directory }) => {
    const authority = readAuthority(directory);
    const lan = readLanFile(directory);
    if (!authority || !lan) return ok(`none yet; ${firstUse}`);
    if (isOpenToOthers(directory)) {
      return fail(
        'others on this machine can read the key of the local authority',
        `Run "chmod go= ${authorityFile(directory)}". If somebody may have read it, remove it: tablets then trust anew.`,
      );
    }
    return judgeCertificates(authority.certificate, lan, new SystemClock().now());
  },
};

const isOpenToOthers = (directory: DataDirectory): boolean =>
  process.platform !== 'win32' && (statSync(authorityFile(directory)).mode & 0o077) !== 0;

/** @param authority PEM. @param now epoch milliseconds. */
export function judgeCertificates(authority: string, { certificate, address }: LanFile, now: number): Finding {
  const root = new X509Certificate(authority);
  const leaf = new X509Certificate(certificate);
  const untilRoot = Date.parse(root.validTo);
  if (now < Date.parse(root.validFrom)) {
    return fail(
      `the clock says ${toIso(now)}, before the local authority was made: no tablet accepts it`,
      'Set the clock of this machine.',
    );
  }
  const again = 'Start with --lan once more: a new one is made, which every tablet has to trust anew.';
  if (now > untilRoot) return fail(`the local authority has run out on ${toIso(untilRoot)}`, again);
  if (!leaf.verify(root.publicKey)) {
    return fail('the certificate is not of this authority', 'Start with --lan once more: it is made anew.');
  }
  if (leaf.checkIP(address) === undefined) {
    return fail(`the certificate does not name ${address}`, 'Start with --lan once more: it is made anew.');
  }
  const untilLeaf = Date.parse(leaf.validTo);
  if (now > untilLeaf) return warn(`it has run out on ${toIso(untilLeaf)}`, 'Start with --lan: it is made anew then.');
  if (untilRoot - now < 60 * day) return warn(`the local authority runs out on ${toIso(untilRoot)}`, again);
  return ok(`for ${address}, until ${toIso(untilLeaf)}, renewed by itself; the authority until ${toIso(untilRoot)}`);
}
