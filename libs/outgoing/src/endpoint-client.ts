import { type Dispatcher, Pool } from 'undici';
import type { AddressRules } from './addresses/address-rules.js';
import { safeConnector } from './addresses/safe-connector.js';
import { type Failure, failureOf, failureOfStatus } from './failure.js';

/** What an endpoint made of a message. */
export interface Answer {
  /** Absent where there was none. */
  readonly status?: number;
  /** The beginning of its body, at most 4 kB. */
  readonly text: string;
  readonly retryAfter?: string;
  /** Why it does not count as taken; absent where it was taken: any status from 200 to 299. */
  readonly failure?: Failure;
  readonly milliseconds: number;
}

export interface EndpointClientSettings {
  readonly url: URL;
  readonly rules: AddressRules;
  /** Most connections, and so most messages under way at once. */
  readonly connections: number;
  /** For all of a message, from the name server to the end of the answer, milliseconds. */
  readonly within: number;
}

const mostRead = 4_096;

/** Sends messages to one endpoint over connections of its own, so that what it does to them is no other endpoint's. */
export class EndpointClient {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(private readonly settings: EndpointClientSettings) {
    const { url, rules, connections } = settings;
    this.#path = `${url.pathname}${url.search}`;
    this.#pool = new Pool(url.origin, {
      connect: safeConnector(rules),
      connections,
      pipelining: 1,
      // One timer of ours holds for everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      // An endpoint that sends headers without end is cut.
      maxHeaderSize: 16_384,
    });
  }

  /** Never throws: whatever goes wrong is an answer with a failure. `settle` is told of it once. */
  send(headers: Readonly<Record<string, string>>, body: string, settle: (answer: Answer) => void): void {
    const handler = new AnswerHandler(this.settings.within, settle);
    try {
      this.#pool.dispatch({ method: 'POST', path: this.#path, headers, body }, handler);
    } catch (error) {
      handler.fail(failureOf(error));
    }
  }

  /** As `send`. */
  post(headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    return new Promise((settle) => this.send(headers, body, settle));
  }

  /** Ends it with whatever is under way. */
  async close(): Promise<void> {
    await this.#pool.destroy(new Error('this process is going down'));
  }
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #begun = performance.now();
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #status: number | undefined;
  #retryAfter: string | undefined;
  #chunks: Buffer[] = [];
  #read = 0;
  #isSettled = false;

  constructor(
    within: number,
    private readonly settle: (answer: Answer) => void,
  ) {
    this.#timer = setTimeout(() => this.#giveUp(within), within);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Its time may have gone by before a connection was there.
    if (this.#isSettled) controller.abort(new Error('too late'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    const after = headers['retry-after'];
    if (typeof after === 'string') this.#retryAfter = after;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#chunks.push(chunk.subarray(0, mostRead - this.#read));
    this.#read += chunk.length;
    if (this.#read < mostRead) return;
    // Whatever else it has to say, nobody reads it.
    this.#answered();
    controller.abort(new Error('its answer is too long'));
  }

  onResponseEnd(): void {
    this.#answered();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(failureOf(error));
  }

  fail(failure: Failure): void {
    this.#end({ ...this.#soFar(), failure });
  }

  #giveUp(within: number): void {
    this.fail(
      this.#status === undefined
        ? { code: 'no_answer', words: `no answer within ${within / 1000} s` }
        : { code: 'answer_unfinished', words: `no end of its answer within ${within / 1000} s` },
    );
    this.#controller?.abort(new Error('too late'));
  }

  #answered(): void {
    const status = this.#status ?? 0;
    const isTaken = status >= 200 && status < 300;
    this.#end({ ...this.#soFar(), ...(isTaken ? {} : { failure: failureOfStatus(status) }) });
  }

  #soFar(): Omit<Answer, 'failure'> {
    return {
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter }),
      text: this.#chunks.length === 0 ? '' : Buffer.concat(this.#chunks).toString('utf8'),
      milliseconds: performance.now() - this.#begun,
    };
  }

  #end(answer: Answer): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#chunks = [];
    this.settle(answer);
  }
}
