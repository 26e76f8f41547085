import { embedded } from '../support/drained-transport.js';
import { rulings } from './rulings.js';

rulings(embedded);
