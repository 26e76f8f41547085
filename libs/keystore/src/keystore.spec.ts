import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDestroyed, Keystore } from './keystore.js';
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

const open = (): Promise<Keystore> => Keystore.open({ folder, wrapping });

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
    await Promise.all([one.note(phone, 'phone', 'driver:R1'), other.note(phone, 'phone', 'driver:R2')]);
    expect([...(await (await open()).ownersOf(phone, 'phone'))].toSorted()).toEqual(['driver:R1', 'driver:R2']);
    expect(await one.ownersOf(phone, 'name')).toEqual([]);
    for (const { path, text } of files()) expect(`${path} ${text}`).not.toContain(phone);
  });

  it('are not found any more once their key is destroyed', async () => {
    const keystore = await open();
    await keystore.note(phone, 'phone', 'driver:R1');
    await keystore.note('13900139000', 'phone', 'driver:R1');
    await keystore.destroy('driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual([]);
    await keystore.note(phone, 'phone', 'driver:R1');
    expect(await keystore.ownersOf(phone, 'phone')).toEqual([]);
    expect(files().filter(({ path }) => /noted|found-by/.test(path))).toEqual([]);
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
