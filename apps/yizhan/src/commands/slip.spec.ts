import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningKey } from '@yizhan/identity';
import { signSlip } from '../../../station/src/slips/slip-code.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { ensureSlipKeys, readSlipKeys } from '../runtime/data/slip-keys.js';
import { exportSlipKeys, rotateKeys, verifyHandoffSlip } from './slip.js';

const facts = {
  kind: 'swap',
  handoffId: '01900000-aaaa-7bbb-8ccc-0123456789ab',
  stationCode: 'JD',
  plate: '浙G12345',
  flow: 'into_zone',
  toDriverId: 'R1',
  at: Date.parse('2026-03-02T00:06:00Z'),
  items: [],
} as const;

let data: string;
let printed: string;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'slip-'));
  await ensureSlipKeys(new DataDirectory(data));
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(data, { recursive: true });
});

const signingKey = () => {
  const [key] = readSlipKeys(new DataDirectory(data));
  if (!key || !('d' in key)) throw new Error('no key that signs');
  return key;
};

it('verifies a slip with the data directory’s keys: exit code 0, and what it says', () => {
  const text = signSlip(facts, signingKey());
  expect(verifyHandoffSlip(text, { data, json: true })).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({
    isGenuine: true,
    facts: { plate: '浙G12345', toDriverId: 'R1', at: '2026-03-02T00:06:00.000Z' },
  });
});

it('verifies a file with nothing but exported keys, which are public', () => {
  const [slip, keys] = [join(data, 'slip.txt'), join(data, 'slip-keys-public.json')];
  writeFileSync(slip, `${signSlip(facts, signingKey())}\n`);
  expect(exportSlipKeys({ data, out: keys })).toBe(0);
  expect(readFileSync(keys, 'utf8')).not.toContain('"d"');
  expect(verifyHandoffSlip(slip, { keys })).toBe(0);
  expect(printed).toContain('浙G12345');
});

it('a forged one is exit code 1, what is no slip 2', async () => {
  const forger = await newSigningKey();
  expect(verifyHandoffSlip(signSlip(facts, forger), { data })).toBe(1);
  expect(verifyHandoffSlip(signSlip(facts, { ...forger, kid: signingKey().kid }), { data })).toBe(1);
  expect(verifyHandoffSlip('YZ1:HELLO', { data })).toBe(2);
  expect(() => verifyHandoffSlip(join(data, 'nothing.txt'), { data })).toThrow('nothing.txt');
});

it('after a rotation another key signs, and what was printed before still verifies', async () => {
  const before = signingKey();
  const old = signSlip(facts, before);
  expect(await rotateKeys({ data })).toBe(0);
  expect(signingKey().kid).not.toBe(before.kid);
  expect(verifyHandoffSlip(old, { data })).toBe(0);
  expect(verifyHandoffSlip(signSlip(facts, signingKey()), { data })).toBe(0);
  const privates = readSlipKeys(new DataDirectory(data)).filter((key) => 'd' in key);
  expect(privates).toHaveLength(1);
});

it('says what to do where there are no keys yet', () => {
  const empty = join(data, 'empty');
  expect(() => verifyHandoffSlip('YZ1:X', { data: empty })).toThrow(/has no keys for slips yet/);
  expect(existsSync(empty)).toBe(false);
});
