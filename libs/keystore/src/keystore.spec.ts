import { createHash } from 'node:crypto';
import { cpSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destroyBundled } from './key-bundle.js';
import { KeyDestroyed } from './key-file.js';
import { Keystore } from './keystore.js';
import { newWrappingKey, readWrappingKey, type WrappingKey } from './wrapping-key.js';

const phone = '13800138000';
let parent: string;
let folder: string;
let wrapping: WrappingKey;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yizhan-keystore-'));
  folder = join(parent, 'keystore');
  wrapping = newWrappingKey();
});
afterEach(() => rmSync(parent, { recursive: true }));

const phoneOf = (index: number): string => `138${String(index).padStart(8, '0')}`;

const open = (): Promise<Keystore> => Keystore.open({ folder, wrapping });

const wrappedIn = (text: string): string[] =>
  [...text.matchAll(/"wrapped":"([^"]+)"/g)].flatMap(([, found]) => found ?? []);

/** Every file of the keystore with what it holds. */
const files = (): { path: string; text: string }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));

describe('a keystore', () => {
  it('gives an owner the same key after a restart, and to every process', async () => {
    const sealed = (await (await open()).ensure('driver:R1')).seal(phone, 'phone');
    const key = await (await open()).ensure('driver:R1');
    expect(key.open(sealed, 'phone').toString()).toBe(phone);
  });

  it('makes one key where many ask at once', async () => {
    const keystores = await Promise.all([open(), open(), open(), open()]);
    const keys = await Promise.all(
      keystores.flatMap((each) => Array.from({ length: 8 }, () => each.ensure('driver:R1'))),
    );
    expect(new Set(keys.map((key) => key.digest('x', 'test'))).size).toBe(1);
    expect(files()).toHaveLength(2);
  });

  it('binds what is sealed to its owner and its use', async () => {
    const keystore = await open();
    const [key, other] = [await keystore.ensure('driver:R1'), await keystore.ensure('driver:R2')];
    const sealed = key.seal(phone, 'phone');
    expect(() => key.open(sealed, 'name')).toThrow();
    expect(() => other.open(sealed, 'phone')).toThrow();
    const changed = Buffer.from(sealed);
    changed[20] ^= 1;
    expect(() => key.open(changed, 'phone')).toThrow();
    expect(() => key.open(sealed.subarray(0, 10), 'phone')).toThrow('in no form that can be read');
  });

  it('seals the same text differently each time, and says the same of it to who has the key', async () => {
    const key = await (await open()).ensure('driver:R1');
    expect(key.seal(phone, 'phone').equals(key.seal(phone, 'phone'))).toBe(false);
    expect(key.digest(phone, 'phone')).toBe(key.digest(phone, 'phone'));
    expect(key.digest(phone, 'phone')).not.toBe(key.digest(phone, 'name'));
  });

  it('is readable for nobody else on the machine, and holds no plain key', async () => {
    await (await open()).ensure('driver:R1');
    for (const { path } of files()) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const { text } of files()) expect(text).not.toContain(wrapping.k);
  });
});

describe('a destroyed key', () => {
  it('is gone for everybody at once, and is never made again', async () => {
    const [one, other] = [await open(), await open()];
    await other.ensure('driver:R1');
    await one.destroy('driver:R1');
    await expect(other.find('driver:R1')).rejects.toThrow(KeyDestroyed);
    await expect(other.ensure('driver:R1')).rejects.toThrow(KeyDestroyed);
    expect(await (await open()).isDestroyed('driver:R1')).toBe(true);
    await other.ensure('driver:R2');
  });

  it('may be destroyed twice, and before it was made', async () => {
    const keystore = await open();
    await keystore.destroy('driver:R1');
    await keystore.destroy('driver:R1');
    await expect(keystore.ensure('driver:R1')).rejects.toThrow(KeyDestroyed);
  });

  it('is left in no draft and under no other name of its file', async () => {
    const keystore = await open();
    await keystore.ensure('driver:R1');
    const [{ path, text }] = files().filter((file) => file.text.includes('wrapped"'));
    const { wrapped } = JSON.parse(text) as { wrapped: string };
    linkSync(path, join(parent, 'another-name'));
    writeFileSync(`${path}.draft-left-by-a-kill`, text);
    await keystore.destroy('driver:R1');
    const left = [...files(), { path, text: readFileSync(join(parent, 'another-name'), 'latin1') }];
    expect(left.filter((file) => file.text.includes(wrapped))).toEqual([]);
    expect(files().filter((file) => file.path.includes('draft'))).toEqual([]);
  });

  it('does not come back where it is made and destroyed at the same time', async () => {
    const keystores = await Promise.all([open(), open()]);
    for (let round = 0; round < 20; round += 1) {
      const owner = `driver:${round}`;
      await Promise.allSettled([keystores[0].ensure(owner), keystores[1].destroy(owner)]);
      await expect(keystores[0].find(owner)).rejects.toThrow(KeyDestroyed);
    }
  });
});

describe('owners that are found by a text', () => {
  it('are found by every process, and the text is nowhere', async () => {
    const [one, other] = [await open(), await open()];
    await Promise.all(['driver:R1', 'driver:R2'].map((owner) => one.ensure(owner)));
    await Promise.all([one.note(phone, 'phone', 'driver:R1'), other.note(phone, 'phone', 'driver:R2')]);
    expect([...(await (await open()).ownersOf(phone, 'phone'))].toSorted()).toEqual(['driver:R1', 'driver:R2']);
    expect(await one.ownersOf(phone, 'name')).toEqual([]);
    for (const { path, text } of files()) expect(`${path} ${text}`).not.toContain(phone);
  });

  it('are not found before they have a key, nor by half of a text', async () => {
    const keystore = await open();
    await keystore.note(phone, 'phone', 'driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual([]);
    await keystore.ensure('driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual(['driver:R1']);
    expect(await keystore.ownersOf(phone.slice(0, -1), 'phone')).toEqual([]);
  });

  it('are not found any more once their key is destroyed', async () => {
    const keystore = await open();
    await keystore.ensure('driver:R1');
    await keystore.note(phone, 'phone', 'driver:R1');
    await keystore.note('13900139000', 'phone', 'driver:R1');
    await keystore.destroy('driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual([]);
    await keystore.note(phone, 'phone', 'driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual([]);
    expect(files().filter(({ path }) => /noted|found-by/.test(path))).toEqual([]);
  });
});

describe.each([3, 300])('%i keys that are made together', (count) => {
  const wanted = Array.from({ length: count }, (_, index) => ({
    owner: `driver:${index}`,
    foundBy: [{ text: phoneOf(index), use: 'phone' }],
  }));

  it('are those that each would get by itself, and are found by their texts', async () => {
    const made = await (await open()).ensureMany(wanted);
    const other = await open();
    for (const { owner } of wanted) {
      expect((await other.ensure(owner)).digest('x', 'test')).toBe(made.get(owner)?.digest('x', 'test'));
    }
    expect(new Set([...made.values()].map((key) => key.digest('x', 'test'))).size).toBe(count);
    expect(await other.ownersOf(phoneOf(2), 'phone')).toEqual(['driver:2']);
    expect(readdirSync(join(folder, 'drafts'))).toEqual([]);
    for (const { path } of files()) expect(statSync(path).mode & 0o777).toBe(0o600);
    // One name for each key, two for each text, one bundle, and the mark.
    expect(files()).toHaveLength(3 * count + 2);
  });

  it('may name an owner twice', async () => {
    const made = await (await open()).ensureMany([...wanted, ...wanted]);
    expect(made.size).toBe(count);
    expect(files()).toHaveLength(3 * count + 2);
  });

  it('are the same where several make them at once, and leave those that were there', async () => {
    const keystores = await Promise.all([open(), open(), open()]);
    const before = await keystores[0].ensure('driver:1');
    const made = await Promise.all([
      ...keystores.map((each) => each.ensureMany(wanted)),
      Promise.all(wanted.map(async ({ owner }) => [owner, await keystores[1].ensure(owner)] as const)).then(
        (keys) => new Map(keys),
      ),
    ]);
    const digests = made.map((keys) => wanted.map(({ owner }) => keys.get(owner)?.digest('x', 'test')));
    expect(new Set(digests.map((each) => each.join(' '))).size).toBe(1);
    expect(digests[0][1]).toBe(before.digest('x', 'test'));
  });

  it('are refused where one was destroyed, by whom nothing is found', async () => {
    const keystore = await open();
    await keystore.destroy('driver:1');
    await expect(keystore.ensureMany(wanted)).rejects.toThrow(new KeyDestroyed('driver:1'));
    expect(await keystore.ownersOf(phoneOf(1), 'phone')).toEqual([]);
    expect(files().filter(({ path }) => /noted|found-by/.test(path))).toHaveLength(2 * (count - 1));
  });

  it.each(['where they were made', 'in a copy that knows no links'])(
    'are gone for good one by one, %s',
    async (where) => {
      await (await open()).ensureMany(wanted);
      const wrapped = wrappedIn(files().find(({ path }) => path.includes('bundles'))?.text ?? '');
      if (where.includes('copy')) {
        const copy = join(parent, 'copy');
        cpSync(folder, copy, { recursive: true });
        folder = copy;
      }
      const keystore = await open();
      const before = await Promise.all(wanted.map(({ owner }) => keystore.find(owner)));
      await keystore.destroy('driver:2');
      await keystore.destroy('driver:2');
      await expect(keystore.ensureMany(wanted)).rejects.toThrow(new KeyDestroyed('driver:2'));
      const left = wrapped.filter((each) => files().some(({ text }) => text.includes(each)));
      expect(left).toHaveLength(count - 1);
      expect(await keystore.ownersOf(phoneOf(2), 'phone')).toEqual([]);
      for (const [index, { owner }] of wanted.entries()) {
        if (owner === 'driver:2') continue;
        expect((await keystore.find(owner))?.digest('x', 'test')).toBe(before[index]?.digest('x', 'test'));
      }
    },
  );

  it('are destroyed where the process ended in the middle of it', async () => {
    const keystore = await open();
    await keystore.ensureMany(wanted);
    const [bundle] = files().filter(({ path }) => path.includes('bundles'));
    if (!bundle) throw new Error('there is no bundle');
    await destroyBundled(bundle.path, createHash('sha256').update('driver:1').digest('hex'));
    await expect(keystore.find('driver:1')).rejects.toThrow(new KeyDestroyed('driver:1'));
    expect(await keystore.ownersOf(phoneOf(1), 'phone')).toEqual([]);
    await keystore.destroy('driver:1');
    expect(files().filter(({ path }) => /noted|found-by/.test(path))).toHaveLength(2 * (count - 1));
  });

  it('are told to be damaged where their bundle is, and can be destroyed nevertheless', async () => {
    const keystore = await open();
    await keystore.ensureMany(wanted);
    const [bundle] = files().filter(({ path }) => path.includes('bundles'));
    const harms = [
      (path: string, text: string) => writeFileSync(path, text.replace(/"wrapped":"..../g, '"wrapped":"AAAA')),
      (path: string) => writeFileSync(path, ''),
      (path: string) => rmSync(path),
    ];
    const told = ['does not open with this wrapping key', 'the key file of', 'the key file of'];
    for (const [index, harm] of harms.entries()) {
      harm(bundle?.path ?? '', bundle?.text ?? '');
      await expect(keystore.find(`driver:${index}`)).rejects.toThrow(told[index]);
      await keystore.destroy(`driver:${index}`);
      await expect(keystore.find(`driver:${index}`)).rejects.toThrow(new KeyDestroyed(`driver:${index}`));
    }
  });

  it('do not come back where they are made and destroyed at the same time', async () => {
    const keystores = await Promise.all([open(), open()]);
    await Promise.allSettled([keystores[0].ensureMany(wanted), keystores[1].destroy('driver:2')]);
    await expect(keystores[0].ensureMany(wanted)).rejects.toThrow(new KeyDestroyed('driver:2'));
    expect(await keystores[0].ownersOf(phoneOf(2), 'phone')).toEqual([]);
  });
});

describe('a keystore that is not what it should be', () => {
  it('is refused where another key has wrapped its keys', async () => {
    await (await open()).ensure('driver:R1');
    wrapping = newWrappingKey();
    await expect(open()).rejects.toThrow('were wrapped with another key');
  });

  it('names the owner of a damaged file', async () => {
    const keystore = await open();
    await keystore.ensure('driver:R1');
    const [{ path, text }] = files().filter((file) => file.text.includes('wrapped"'));
    writeFileSync(path, text.slice(0, 20));
    await expect(keystore.find('driver:R1')).rejects.toThrow('the key file of driver:R1 is damaged');
    writeFileSync(path, text.replace(/"wrapped":"..../, '"wrapped":"AAAA'));
    await expect(keystore.find('driver:R1')).rejects.toThrow('does not open with this wrapping key');
  });

  it('cannot be written to where its folder is missing', async () => {
    await expect((await open()).assertWritable()).rejects.toThrow('ENOENT');
  });
});

describe('a wrapping key', () => {
  it('is read as it was written', () => {
    expect(readWrappingKey(JSON.stringify(wrapping))).toEqual(wrapping);
  });

  it.each([
    ['no JSON', 'it is no JSON object'],
    [JSON.stringify({ kty: 'OKP' }), 'it is no JWK of kty oct'],
    [JSON.stringify({ kty: 'oct', k: 'c2hvcnQ' }), 'its key is not 32 bytes long'],
  ])('is refused as %s', (text, message) => {
    expect(() => readWrappingKey(text)).toThrow(message);
  });

  it('is refused where it was changed', () => {
    const { k } = newWrappingKey();
    expect(() => readWrappingKey(JSON.stringify({ ...wrapping, k }))).toThrow('not the thumbprint');
  });
});
