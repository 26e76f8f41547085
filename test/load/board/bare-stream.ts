import { station } from './full-board.js';
import type { BenchProduct } from './product.js';

/** The floor: a client of the live stream that does nothing but look which visit an event is of. */
export class BareStream {
  readonly #stop = new AbortController();
  readonly #seen = new Map<string, number>();

  async open({ address, token }: BenchProduct): Promise<void> {
    const answer = await fetch(`${address}/api/v1/events/stream?stations=${station}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: this.#stop.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
    void this.#read(answer.body).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) throw error;
    });
  }

  /** When the first event of a visit has come since `forget`, by the clock of this machine. */
  async when(visitId: string): Promise<number> {
    for (;;) {
      const at = this.#seen.get(visitId);
      if (at !== undefined) return at;
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  forget(): void {
    this.#seen.clear();
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const now = Date.now();
      for (const [, visitId = ''] of text.matchAll(/"visitId":"([0-9a-f-]{36})"/g)) {
        if (!this.#seen.has(visitId)) this.#seen.set(visitId, now);
      }
    }
  }
}
