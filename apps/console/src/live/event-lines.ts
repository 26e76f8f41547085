/** One server-sent event. */
export interface StreamedEvent {
  readonly id?: string;
  readonly data?: string;
}

/** Cuts a stream of text into server-sent events; what is not complete waits for the rest. */
export class EventLines {
  #rest = '';

  add(text: string): StreamedEvent[] {
    const blocks = `${this.#rest}${text}`.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(eventOf);
  }
}

function eventOf(block: string): StreamedEvent {
  const lines = block.split('\n');
  const valuesOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const [id] = valuesOf('id');
  const data = valuesOf('data');
  return { ...(id !== undefined && { id }), ...(data.length > 0 && { data: data.join('\n') }) };
}
