import canonicalize from 'canonicalize';
import type { Envelope } from '@yizhan/contracts'; // planted
import { readConfig } from '../config.js'; // planted
import { Fold } from './fold.js';

export const verify = (each: Envelope) => [canonicalize(each), readConfig(), new Fold()];
