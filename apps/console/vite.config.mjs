import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { keptFiles } from './kept-files.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  resolve: { alias: { '@yizhan/client': at('../../libs/client/src/index.ts') } },
  plugins: [keptFiles()],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: at('../../dist/apps/console'),
    emptyOutDir: true,
    target: 'es2022',
    // A script or picture inside the page would need a hole in its content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7700' } },
});
