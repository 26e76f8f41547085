#!/usr/bin/env node
import { prepareOrExit } from './prepare.mjs';
import { takeSettings } from './settings.mjs';

takeSettings();
await prepareOrExit();
process.setSourceMapsEnabled(true);
await import(new URL('../../../dist/programs/yizhan.mjs', import.meta.url).href);
