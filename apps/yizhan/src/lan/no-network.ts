import { exitCodes, Fault } from '@yizhan/process';

/** The network of the tablets is not there: a router that comes up later than this machine, a cable. It may come by itself. */
export class NoNetwork extends Fault {
  constructor(message: string, mend: string) {
    super(exitCodes.environment, message, mend);
  }
}
