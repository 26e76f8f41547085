import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Writes the service worker with the list of everything that was built: the shell and every page, and what they show. */
export const keptFiles = () => ({
  name: 'kept-files',
  apply: 'build',
  // After Vite has taken out what holds nothing but styles: a file that is not there would keep the worker from being installed.
  enforce: 'post',
  generateBundle(_options, bundle) {
    const built = Object.keys(bundle).filter((file) => !file.endsWith('.map') && file !== 'index.html');
    const files = ['/', ...[...built, ...readdirSync(at('public'))].map((file) => `/${file}`)].toSorted();
    const digest = createHash('sha256');
    for (const file of files) {
      const part = bundle[file.slice(1)] ?? (file === '/' ? bundle['index.html'] : undefined);
      const content = part ? (part.code ?? part.source) : file === '/' ? '' : readFileSync(at(`public${file}`));
      digest.update(`${file}\0`).update(content).update('\0');
    }
    const source = readFileSync(at('service-worker.js'), 'utf8')
      .replace('self.__FILES__', JSON.stringify(files))
      .replace('self.__VERSION__', JSON.stringify(digest.digest('hex').slice(0, 16)));
    this.emitFile({ type: 'asset', fileName: 'sw.js', source });
  },
});
