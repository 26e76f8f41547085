import { checkTopics, type KafkaSettings } from '@yizhan/event-log';
import type { HealthVerdict } from '@yizhan/http';
import { messageOf } from '@yizhan/process';

const lookEvery = 5_000;

/** Asks the brokers for their topic now and then: an answer takes longer than a health check may wait. */
export class BrokerWatch {
  #verdict: HealthVerdict = { ok: true };
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(private readonly kafka: KafkaSettings) {}

  /** What they said last. */
  get verdict(): HealthVerdict {
    return this.#verdict;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#look = this.#lookOnce().then(() => {
        if (!this.#isStopped) this.start();
      });
    }, lookEvery);
  }

  /** Ends after the question under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#look;
  }

  async #lookOnce(): Promise<void> {
    try {
      const faults = await checkTopics(this.kafka);
      this.#verdict = faults.length === 0 ? { ok: true } : { ok: false, detail: faults.join('; ') };
    } catch (error) {
      this.#verdict = { ok: false, detail: messageOf(error) };
    }
  }
}
