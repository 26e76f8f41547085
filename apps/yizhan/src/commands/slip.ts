import { readFileSync, writeFileSync } from 'node:fs';
import { publicKeyOf, type VerifyingKey } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { badInput, exitCodes, type ExitCode, messageOf } from '@yizhan/process';
import { readSlipKeySet, type SlipKeySet } from '@yizhan/service-process';
import { slipPrefix, type SlipVerdict, verifySlip } from '../../../station/src/slips/slip-code.js';
import { readSlipKeys, rotateSlipKeys } from '../runtime/data/slip-keys.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { inLanguage, print, printJson, tell } from './screen.js';

export interface VerifySlipOptions extends CommandOptions {
  readonly keys?: string;
}

/** Checks the text of a slip's QR code with keys that lie on this machine: no network, no service, no database. */
export function verifyHandoffSlip(textOrFile: string, options: VerifySlipOptions): ExitCode {
  const keys = publicOf(options.keys === undefined ? readSlipKeys(directoryOf(options)) : readKeys(options.keys));
  const verdict = verifySlip(textOf(textOrFile), keys);
  if (options.json) printJson(readable(verdict));
  else print(inWords(verdict));
  if (verdict.isGenuine) return exitCodes.ok;
  return verdict.reason === 'no_slip' ? exitCodes.badInput : exitCodes.failed;
}

/** Writes the public keys, for whoever is to verify slips elsewhere. */
export function exportSlipKeys(options: CommandOptions & { readonly out: string }): ExitCode {
  const text = `${JSON.stringify({ keys: publicOf(readSlipKeys(directoryOf(options))) }, null, 2)}\n`;
  if (options.out === '-') print(text);
  else write(options.out, text);
  return exitCodes.ok;
}

/** Makes another key, which signs from the next start on. */
export async function rotateKeys(options: CommandOptions): Promise<ExitCode> {
  const keys = await rotateSlipKeys(directoryOf(options));
  const kid = keys[0]?.kid ?? '';
  if (options.json) printJson({ kid, keys: keys.length });
  else print(kid);
  tell(
    inLanguage({
      en: 'start Yizhan again, and hand out the new key file: "npx yizhan slip keys"',
      zh: '请重新启动驿站，并分发新的公钥文件："npx yizhan slip keys"',
    }),
  );
  return exitCodes.ok;
}

const publicOf = (keys: SlipKeySet): VerifyingKey[] => keys.map((key) => ('d' in key ? publicKeyOf(key) : key));

function readKeys(file: string): SlipKeySet {
  return readSlipKeySet(contentOf(file, '--keys'), `--keys: ${file}`);
}

/** As it was scanned, or from a file that holds it; - for stdin. */
function textOf(textOrFile: string): string {
  if (textOrFile.startsWith(slipPrefix)) return textOrFile;
  return contentOf(textOrFile === '-' ? 0 : textOrFile, 'slip');
}

function contentOf(file: string | 0, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw badInput(`${what}: ${messageOf(error)}`, `Give the text of the QR code (${slipPrefix}…), or a file with it.`);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw badInput(`--out: ${messageOf(error)}`);
  }
}

function readable(verdict: SlipVerdict): object {
  if (!verdict.isGenuine) return verdict;
  const { at, returnAt, ...facts } = verdict.facts;
  return {
    ...verdict,
    facts: { ...facts, at: toIso(at), ...(returnAt === undefined ? {} : { returnAt: toIso(returnAt) }) },
  };
}

const faults = {
  no_slip: { en: 'not a slip: no text of ours, or cut off', zh: '不是交接单：内容不符或不完整' },
  unknown_key: {
    en: 'NOT GENUINE as far as these keys tell: signed by none of them',
    zh: '无法确认：不是由这些密钥签发',
  },
  bad_signature: { en: 'FORGED or damaged: the signature does not fit', zh: '伪造或损坏：签名不符' },
};

function inWords(verdict: SlipVerdict): string {
  if (!verdict.isGenuine) return inLanguage(faults[verdict.reason]);
  const { kind, plate, stationCode, from, toDriverId, at, seal, handoffId, items } = verdict.facts;
  const lines: [string, string | undefined][] = [
    [
      inLanguage({ en: 'genuine', zh: '真实有效' }),
      kind === 'swap'
        ? inLanguage({ en: 'handoff slip', zh: '车辆交接单' })
        : inLanguage({ en: 'planned handoff', zh: '换驾预约单' }),
    ],
    [inLanguage({ en: 'plate', zh: '车牌号' }), plate],
    [inLanguage({ en: 'station', zh: '中转站' }), stationCode],
    [inLanguage({ en: 'from', zh: '交车方' }), from && `${from.kind} ${from.id}`],
    [inLanguage({ en: 'to', zh: '接车司机' }), toDriverId],
    [inLanguage({ en: 'at', zh: '时间' }), toIso(at)],
    [inLanguage({ en: 'seal', zh: '铅封' }), seal && `${seal.number} ${seal.intact ? 'intact' : 'broken'}`],
    [
      inLanguage({ en: 'items', zh: '物品' }),
      items.map(({ code, given }) => `${given ? '+' : '-'}${code}`).join(' ') || undefined,
    ],
    [inLanguage({ en: 'handoff', zh: '编号' }), handoffId],
    [inLanguage({ en: 'key', zh: '密钥' }), verdict.kid],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])).join('\n');
}
