// Draws the icons of the installed console from its SVG: node test/browser/draw-icons.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { installChromium } from './chromium/install-chromium.mjs';

const at = (file) => fileURLToPath(new URL(`../../apps/console/public/${file}`, import.meta.url));
const svg = readFileSync(at('icon.svg'), 'utf8');
/** A maskable icon fills its square, and what matters lies within the circle in the middle. */
const icons = [
  { file: 'icon-192.png', size: 192, inner: 1 },
  { file: 'icon-512.png', size: 512, inner: 1 },
  { file: 'icon-maskable-512.png', size: 512, inner: 0.72, background: '#0b5d4b' },
];

const { executablePath, env } = await installChromium((line) => process.stderr.write(`${line}\n`));
const browser = await chromium.launch({
  executablePath,
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { file, size, inner, background = 'transparent' } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>html,body{margin:0;height:100%;background:${background};display:grid;place-items:center}
       svg{width:${inner * 100}%;height:${inner * 100}%}</style>${svg}`,
    );
    await page.screenshot({ path: at(file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
