import { installCertutil, installChromium } from '../browser/chromium/install-chromium.mjs';

/**
 * Has a Chromium at hand, which workers find in `YIZHAN_TEST_BROWSER`; where there can be none, the reason is in
 * `YIZHAN_TEST_BROWSER_MISSING`. What makes it trust an authority is in `YIZHAN_TEST_CERTUTIL`, where there is such a thing.
 */
export default async function startBrowser() {
  const tell = (line) => process.stderr.write(`yizhan: ${line}\n`);
  try {
    process.env.YIZHAN_TEST_BROWSER = JSON.stringify(await installChromium(tell));
  } catch (error) {
    if (error.name !== 'ProgramUnavailableError') throw error;
    process.env.YIZHAN_TEST_BROWSER_MISSING = error.message;
  }
  try {
    process.env.YIZHAN_TEST_CERTUTIL = JSON.stringify(await installCertutil());
  } catch (error) {
    if (error.name !== 'ProgramUnavailableError') throw error;
    tell(`no browser can be made to trust an authority here: ${error.message}`);
  }
}
