import { runProgram } from '@yizhan/service-process';
import { publisherProgram } from './publisher.program.js';

await runProgram(publisherProgram);
