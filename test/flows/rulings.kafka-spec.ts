import { overKafka } from '../support/drained-transport.js';
import { ruling11 } from './ruling-11.js';
import { rulings } from './rulings.js';

jest.setTimeout(120_000);

rulings(overKafka);
ruling11(overKafka);
