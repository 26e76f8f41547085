import { installChromium } from '../browser/chromium/install-chromium.mjs';

/**
 * Has a Chromium at hand, which workers find in `YIZHAN_TEST_BROWSER`; where there can be none, the reason is in
 * `YIZHAN_TEST_BROWSER_MISSING`.
 */
export default async function startBrowser() {
  try {
    const browser = await installChromium((line) => process.stderr.write(`yizhan: ${line}\n`));
    process.env.YIZHAN_TEST_BROWSER = JSON.stringify(browser);
  } catch (error) {
    if (error.name !== 'BrowserUnavailableError') throw error;
    process.env.YIZHAN_TEST_BROWSER_MISSING = error.message;
  }
}
