import type { Clock } from '@yizhan/kernel';
import { anyAddress, EndpointClient, readRetryAfter } from '@yizhan/outgoing';
import type { Outcome } from '../failure.js';
import type { Body, TextGatewaySettings } from '../notice-settings.js';
import { impersonal } from '../templates.js';
import type { Message, NoticeGateway } from './notice-gateway.js';

/** For all of a message. */
const within = 10_000;
const mostWords = 200;

/** Any service for text messages that takes a POST of JSON or of a form. */
export class TextGateway implements NoticeGateway {
  readonly width = 4;
  readonly pause = 0;
  readonly #client: EndpointClient;

  constructor(
    private readonly settings: TextGatewaySettings,
    private readonly clock: Clock,
  ) {
    const url = new URL(settings.url);
    this.#client = new EndpointClient({ url, rules: anyAddress, connections: this.width, within });
  }

  async send(message: Message): Promise<Outcome> {
    const { headers, format, body, accepted } = this.settings;
    const filled = fill(body, this.#fields(message));
    const [type, text] =
      format === 'form'
        ? ['application/x-www-form-urlencoded', new URLSearchParams(filled as Record<string, string>).toString()]
        : ['application/json', JSON.stringify(filled)];
    const answer = await this.#client.post(
      { 'content-type': `${type}; charset=utf-8`, 'idempotency-key': message.noticeId, ...headers },
      text,
    );
    if (answer.failure) {
      if (answer.status !== 429) return { failure: answer.failure };
      const holdFor = readRetryAfter(answer.retryAfter, this.clock.now()) ?? 60_000;
      return { failure: { code: 'too_many', words: answer.failure.words }, holdFor };
    }
    if (!accepted || valueIn(answer.text, accepted.field) === String(accepted.equals)) return {};
    const said = impersonal(answer.text.slice(0, mostWords));
    const words = `its answer does not have ${accepted.field}: ${accepted.equals}, but ${said}`;
    return { failure: { code: 'gateway_refused', words } };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #fields({ noticeId, to, text, template, values }: Message): Record<string, string> {
    const code = this.settings.templateCodes?.[template] ?? template;
    return { to, text, id: noticeId, template: code, values: JSON.stringify(values), ...values };
  }
}

/** A body with `{to}`, `{text}` and the others replaced in every text of it. */
export function fill(body: Body, fields: Readonly<Record<string, string>>): Body {
  if (typeof body === 'string') return body.replaceAll(/\{(\w+)\}/g, (all, name: string) => fields[name] ?? all);
  if (Array.isArray(body)) return body.map((each) => fill(each, fields));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, each]) => [key, fill(each, fields)]));
}

/** What stands in a field of an answer in JSON, such as `result.code`, as a text. */
function valueIn(text: string, path: string): string | undefined {
  try {
    let found: unknown = JSON.parse(text);
    for (const part of path.split('.')) found = (found as Record<string, unknown> | null | undefined)?.[part];
    return typeof found === 'string' ? found : JSON.stringify(found);
  } catch {
    return undefined;
  }
}
