import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readPort } from '@yizhan/process';
import { type AskWhich, chooseLanAddress } from '../lan/local-addresses.js';
import { lanPorts } from '../lan/lan-ports.js';
import type { LanServer, WantedLan } from '../lan/lan-server.js';
import { NoNetwork } from '../lan/no-network.js';
import { qrAsText } from '../lan/qr-code.js';
import { inLanguage, isColoured, print } from './screen.js';

export interface LanStartOptions {
  /** The address; `true` where none was given. */
  readonly lan?: string | true;
  readonly lanPort?: string;
  readonly trustPort?: string;
}

/**
 * Where tablets are to be served. @param last the address at which they were. @returns undefined where they are not.
 * @throws Fault where it cannot be said.
 */
export async function wantedLanOf(
  { lan, lanPort, trustPort }: LanStartOptions,
  last: string | undefined,
): Promise<WantedLan | undefined> {
  if (lan === undefined) return undefined;
  const ask = process.stdin.isTTY && process.stdout.isTTY ? askWhich : undefined;
  return {
    address: await chooseLanAddress(lan, { last, ask }).catch(noneYet),
    port: lanPort === undefined ? lanPorts.secure : readPort(lanPort, '--lan-port'),
    trustPort: trustPort === undefined ? lanPorts.trust : readPort(trustPort, '--trust-port'),
  };
}

/** A machine that comes up before its network works meanwhile. */
function noneYet(error: unknown): undefined {
  if (!(error instanceof NoNetwork)) throw error;
}

/** What is said while the network of the tablets is not there. */
export const noTabletsYet = (why: string): string =>
  inLanguage({
    en: `no tablets yet: ${why}; they are served as soon as that has changed, and this PC can be worked with meanwhile`,
    zh: `暂时无法为平板服务（${why}）：网络恢复后会自动开始，在此之前可在本机使用`,
  });

/** Asks until one of them is chosen by its number. */
const askWhich: AskWhich = async (addresses) => {
  const lines = addresses.map(({ address, via }, index) => `  ${index + 1}  ${address} (${via})`);
  print(
    inLanguage({
      en: `This machine is on several networks. On which are the tablets?\n${lines.join('\n')}`,
      zh: `本机连接了多个网络，平板在哪一个？\n${lines.join('\n')}`,
    }),
  );
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      asking.setPrompt(inLanguage({ en: 'Number: ', zh: '编号：' }));
      asking.prompt();
      const [answer] = (await once(asking, 'line')) as [string];
      const chosen = addresses[Number(answer.trim()) - 1];
      if (chosen) return chosen.address;
    }
  } finally {
    asking.close();
  }
};

/** For whoever sits at this PC: the way in for tablets, and the fingerprint to compare. The claim link is no part of it. */
export function sayLan({
  address,
  trustAddress,
  fingerprint,
}: Pick<LanServer, 'address' | 'trustAddress' | 'fingerprint'>): void {
  print(
    inLanguage({
      en: `
For tablets on the same network: scan this, or open ${trustAddress}
${qrAsText(trustAddress, isColoured())}
It leads through trusting this PC, once for each tablet. The fingerprint on the tablet must be
  ${fingerprint}
Afterwards tablets open ${address}`,
      zh: `
同一网络的平板：扫描此二维码，或打开 ${trustAddress}
${qrAsText(trustAddress, isColoured())}
按页面步骤信任本机（每台平板一次）。平板上显示的指纹必须是
  ${fingerprint}
之后平板打开 ${address}`,
    }),
  );
}
