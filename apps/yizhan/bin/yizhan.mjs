#!/usr/bin/env node
import { prepareOrExit } from './prepare.mjs';

await prepareOrExit();
process.setSourceMapsEnabled(true);
await import(new URL('../../../dist/apps/yizhan/src/main.js', import.meta.url).href);
