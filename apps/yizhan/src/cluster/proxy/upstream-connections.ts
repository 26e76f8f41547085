import { Agent } from 'node:http';
import { mayWait } from '../routes.js';

/** Requests to one process at a time; what comes besides waits here, and not in the process's queue of new connections. */
const mostAtOnce = 64;

/** The connections to the processes behind the proxy, kept open, so that a busy process has no new ones to take. */
export class UpstreamConnections {
  /** One for each process. */
  readonly probes = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #bounded = new Agent({ keepAlive: true, maxSockets: mostAtOnce });
  /** For answers that are held open: as many as there are readers. */
  readonly #unbounded = new Agent({ keepAlive: true });

  /** By the path of the request. */
  of(path: string): Agent {
    return mayWait(path) ? this.#unbounded : this.#bounded;
  }

  destroy(): void {
    for (const agent of [this.probes, this.#bounded, this.#unbounded]) agent.destroy();
  }
}
