import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CuttableNetwork } from './cuttable-network.js';

/** What a page did that it must not do. */
export interface Misdeeds {
  /** Addresses outside the product that were asked. */
  readonly elsewhere: readonly string[];
  /** What the content security policy has forbidden. */
  readonly violations: readonly string[];
  /** Errors that nobody caught. */
  readonly errors: readonly string[];
}

/** Of one device. */
export interface Network {
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A browser, and everything that its pages did wrong. */
export class TestBrowser {
  readonly #misdeeds = { elsewhere: [] as string[], violations: [] as string[], errors: [] as string[] };

  private constructor(
    private readonly browser: Browser,
    private readonly address: string,
  ) {}

  /**
   * The Chromium of this run, for the product at an address.
   * @param home folder of whom it belongs to: it trusts the authorities that are kept there.
   */
  static async open(address: string, home?: string): Promise<TestBrowser> {
    const { executablePath, env } = JSON.parse(process.env['YIZHAN_TEST_BROWSER'] ?? '{}') as {
      executablePath: string;
      env: Record<string, string>;
    };
    const browser = await chromium.launch({
      executablePath,
      env: { ...process.env, ...env, ...(home !== undefined && { HOME: home }) },
      // Containers have neither a sandbox for root nor much shared memory.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    });
    return new TestBrowser(browser, address);
  }

  get misdeeds(): Misdeeds {
    return this.#misdeeds;
  }

  /** Somebody's device, with nothing on it. */
  async device(
    options: {
      width?: number;
      height?: number;
      language?: 'zh-CN' | 'en';
      isDark?: boolean;
      /** Whether the pages are kept on the device; then what they ask for cannot be routed by a test. */
      keepsPages?: boolean;
    } = {},
  ): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly network: Network }> {
    const { width = 1280, height = 800, language = 'zh-CN', isDark = false, keepsPages = false } = options;
    const wire = keepsPages ? await CuttableNetwork.open() : undefined;
    const context = await this.browser.newContext({
      ...(wire && { proxy: { server: wire.address } }),
      baseURL: this.address,
      viewport: { width, height },
      colorScheme: isDark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      serviceWorkers: keepsPages ? 'allow' : 'block',
    });
    context.setDefaultTimeout(20_000);
    // A blank page has no storage.
    await context.addInitScript(`if (location.protocol.startsWith('http') && !localStorage.getItem('yizhan.language'))
      localStorage.setItem('yizhan.language', '${language}')`);
    context.on('request', (request) => this.#judge(request.url()));
    context.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.#misdeeds.violations.push(message.text());
    });
    context.on('weberror', (error) => this.#misdeeds.errors.push(String(error.error().stack)));
    context.on('close', () => wire?.close());
    const network = {
      cut: () => wire?.cut(context) ?? context.setOffline(true),
      mend: () => wire?.mend(context) ?? context.setOffline(false),
    };
    return { context, network, page: await context.newPage() };
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  #judge(url: string): void {
    if (url.startsWith(this.address) || url.startsWith('blob:') || url.startsWith('data:')) return;
    this.#misdeeds.elsewhere.push(url);
  }
}
