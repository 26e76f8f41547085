/** What one event of a stream says. */
export interface StreamedFrame {
  /** Position of the last event that whoever reads has. */
  readonly id?: string;
  /** The document; absent where only the position has moved. */
  readonly data?: string;
}

/** Puts the parts of a stream of server-sent events together, wherever they were cut. */
export class StreamLines {
  #rest = '';
  #id: string | undefined;
  #data: string[] = [];

  /** @returns what the part has completed, in order */
  add(part: string): StreamedFrame[] {
    const lines = (this.#rest + part).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#read(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  #read(line: string): StreamedFrame[] {
    if (line === '') return this.#complete();
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (name === 'id') this.#id = value;
    if (name === 'data') this.#data.push(value);
    return [];
  }

  #complete(): StreamedFrame[] {
    const frame = {
      ...(this.#id !== undefined && { id: this.#id }),
      ...(this.#data.length > 0 && { data: this.#data.join('\n') }),
    };
    this.#id = undefined;
    this.#data = [];
    return Object.keys(frame).length > 0 ? [frame] : [];
  }
}
