import { embedded } from '../support/drained-transport.js';
import { ruling11 } from './ruling-11.js';
import { rulings } from './rulings.js';

rulings(embedded);
ruling11(embedded);
