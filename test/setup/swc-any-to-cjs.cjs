// Jest runs CommonJS: TypeScript and ESM packages become CommonJS here, CommonJS packages pass untouched.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const swc = require('@swc/core');

const ownText = readFileSync(__filename);
const typeOfFolder = new Map();

function packageType(folder) {
  if (!typeOfFolder.has(folder)) {
    const manifest = join(folder, 'package.json');
    const up = dirname(folder);
    const own = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')).type ?? 'commonjs') : undefined;
    typeOfFolder.set(folder, own ?? (up === folder ? 'commonjs' : packageType(up)));
  }
  return typeOfFolder.get(folder);
}

function isEsm(file) {
  if (/\.m[jt]s$|\.ts$/.test(file)) return true;
  return !file.endsWith('.cjs') && packageType(dirname(file)) === 'module';
}

const optionsFor = (file) => ({
  filename: file,
  swcrc: false,
  configFile: false,
  sourceMaps: 'inline',
  inlineSourcesContent: false,
  module: { type: 'commonjs', ignoreDynamic: false },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: /\.m?ts$/.test(file) ? { syntax: 'typescript', decorators: true } : { syntax: 'ecmascript' },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: !/\.m?ts$/.test(file),
      hidden: { jest: true },
    },
  },
});

module.exports = {
  canInstrument: false,
  getCacheKey: (source, file) =>
    createHash('sha256')
      .update(ownText)
      .update(swc.version)
      .update(process.version)
      .update(file)
      .update('\0')
      .update(source)
      .digest('hex'),
  process: (source, file) => (isEsm(file) ? swc.transformSync(source, optionsFor(file)) : { code: source }),
};
