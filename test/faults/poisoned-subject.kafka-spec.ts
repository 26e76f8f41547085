import { overKafka } from '../support/drained-transport.js';
import { poisonedSubject } from './poisoned-subject.js';

jest.setTimeout(120_000);

poisonedSubject(overKafka);
