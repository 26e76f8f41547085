import { messageOf } from '@yizhan/process';
import type { LanServer } from './lan-server.js';
import { NoNetwork } from './no-network.js';

export interface LanWhenThereSettings {
  /** @throws NoNetwork where the network is not there yet. */
  readonly open: () => Promise<LanServer>;
  /** Told once tablets are served. */
  readonly onOpen: (server: LanServer) => void;
  /** Told why they are not yet, once for each reason in a row. */
  readonly onWait: (why: string) => void;
  /** Milliseconds between two attempts. */
  readonly every?: number;
}

const usually = 10_000;

/** Serves tablets from when their network is there; until then the rest of the product works, at this machine. */
export class LanWhenThere {
  #server: LanServer | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt: Promise<void> | undefined;
  #told = '';

  private constructor(private readonly settings: LanWhenThereSettings) {}

  /** @throws Fault for what does not mend itself, such as a port that is taken. */
  static async open(settings: LanWhenThereSettings): Promise<LanWhenThere> {
    const lan = new LanWhenThere(settings);
    try {
      await lan.#open();
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error;
      lan.#wait(error);
      lan.#timer = setInterval(() => lan.#tryAgain(), settings.every ?? usually).unref();
    }
    return lan;
  }

  /** Stops waiting, after the attempt in hand, and serving. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#attempt;
    await this.#server?.close();
  }

  async #open(): Promise<void> {
    const server = await this.settings.open();
    clearInterval(this.#timer);
    this.#server = server;
    this.settings.onOpen(server);
  }

  #tryAgain(): void {
    if (this.#attempt || this.#server) return;
    this.#attempt = this.#open()
      .catch((error: unknown) => this.#wait(error))
      .finally(() => (this.#attempt = undefined));
  }

  #wait(error: unknown): void {
    const why = messageOf(error);
    if (why === this.#told) return;
    this.#told = why;
    this.settings.onWait(why);
  }
}
