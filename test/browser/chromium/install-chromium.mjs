// Has a Chromium with a Chinese font at hand, and what makes it trust an authority: the system's, or Debian's packages unpacked
// in a folder of our own, without root.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, librariesIn, unpacked } from '../../setup/debian/unpacked.mjs';

const browserPackages = ['chromium', 'fonts-wqy-microhei', 'fonts-dejavu-core'];
const trustPackages = ['libnss3-tools'];

/** How a program is started. */
const started = (executablePath, env = {}) => ({ executablePath, env });

/** @throws ProgramUnavailableError */
export async function installChromium(tell = () => undefined) {
  const named = process.env.YIZHAN_TEST_CHROMIUM;
  if (named) return started(named);
  if (existsSync('/usr/bin/chromium')) return started('/usr/bin/chromium');
  const root = await unpacked(browserPackages, { what: 'Chromium', variable: 'YIZHAN_TEST_CHROMIUM' }, () =>
    tell('fetching Chromium for the tests from the mirror of this Debian, about 100 MB, once'),
  );
  const fonts = join(root, 'fonts.conf');
  writeFileSync(fonts, fontsOf(root, cacheFolder()));
  const env = { LD_LIBRARY_PATH: librariesIn(root), FONTCONFIG_FILE: fonts };
  return started(join(root, 'usr/lib/chromium/chromium'), env);
}

/** The program that writes the store of authorities which Chromium reads. @throws ProgramUnavailableError */
export async function installCertutil() {
  if (existsSync('/usr/bin/certutil')) return started('/usr/bin/certutil');
  const root = await unpacked(trustPackages, { what: 'certutil', variable: 'PATH' });
  return started(join(root, 'usr/bin/certutil'), { LD_LIBRARY_PATH: librariesIn(root) });
}

const fontsOf = (root, cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(root, 'usr/share/fonts')}</dir>
  <cachedir>${join(cache, 'fonts')}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>DejaVu Sans</string><string>WenQuanYi Micro Hei</string></edit>
  </match>
</fontconfig>
`;
