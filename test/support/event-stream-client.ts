import { get, type IncomingMessage } from 'node:http';

export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** A client of a live stream that reads what the HTML standard says, and keeps what it was sent. */
export class EventStreamClient {
  readonly events: StreamedEvent[] = [];
  /** What a browser would send as `Last-Event-ID`. */
  lastEventId: string | undefined;
  comments = 0;
  #text = '';
  #heard: () => void = () => undefined;
  #isEnded = false;

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#take(text));
    for (const over of ['end', 'error', 'close']) {
      response.on(over, () => {
        this.#isEnded = true;
        this.#heard();
      });
    }
  }

  /** @throws where it is answered with anything but a stream. */
  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<EventStreamClient> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers, agent: false }, resolve).on('error', reject);
    });
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${await bodyOf(response)}`);
    const client = new EventStreamClient(response);
    await client.until(() => client.lastEventId !== undefined);
    return client;
  }

  get headers(): IncomingMessage['headers'] {
    return this.response.headers;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Waits for what the stream is to bring. @throws after `milliseconds`, or where the stream ends before. */
  async until(isSo: () => boolean, milliseconds = 20_000): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while (!isSo()) {
      if (this.#isEnded) throw new Error(`the stream has ended after ${this.events.length} events`);
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`nothing more came after ${this.events.length} events`);
      await this.#news(left);
    }
  }

  async ended(milliseconds = 10_000): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while (!this.#isEnded) {
      if (performance.now() > deadline) throw new Error('the stream is still open');
      await this.#news(deadline - performance.now());
    }
  }

  /** Takes nothing more of what it is sent, with the connection open. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  /** Breaks the connection. */
  cut(): void {
    this.response.destroy();
  }

  #news(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#heard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #take(text: string): void {
    this.#text += text;
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) this.#dispatch(block.split('\n'));
    this.#heard();
  }

  #dispatch(lines: readonly string[]): void {
    const fields = new Map<string, string>();
    for (const line of lines) {
      if (line.startsWith(':')) this.comments += 1;
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (name !== '') fields.set(name, value);
    }
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data !== undefined) this.events.push({ id: this.lastEventId ?? '', event: fields.get('event') ?? '', data });
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return text;
}
