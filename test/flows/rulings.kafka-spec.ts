import { overKafka } from '../support/drained-transport.js';
import { rulings } from './rulings.js';

jest.setTimeout(120_000);

rulings(overKafka);
