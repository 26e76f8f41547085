import { embedded } from '../support/drained-transport.js';
import { poisonedSubject } from './poisoned-subject.js';

poisonedSubject(embedded);
