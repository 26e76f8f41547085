import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A font with Chinese, Latin and digits, opened once for all papers: opening it takes ten times as long as drawing a slip. */
let opened: Promise<object> | undefined;

/** Noto Sans Hans (SIL Open Font License 1.1), as the package ships it. Only the signs that are used go into a PDF. */
export function printFont(): Promise<object> {
  opened ??= open();
  return opened;
}

async function open(): Promise<object> {
  const main = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  const [file, fontkit] = await Promise.all([
    readFile(join(dirname(main), '../fonts/NotoSansHans-Regular.otf')),
    import('fontkit'),
  ]);
  return fontkit.create(file);
}
