import { failureOf } from '@yizhan/outgoing';
import { createTransport, type Transporter } from 'nodemailer';
import type { NoticeFailure, Outcome } from '../failure.js';
import type { MailSettings } from '../notice-settings.js';
import type { Message, NoticeGateway } from './notice-gateway.js';

const within = 10_000;
const longestSubject = 60;

interface MailError extends Error {
  readonly code?: string;
  /** That of the socket, where the library has put one of its own in its place. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** E-mail over SMTP, with TLS wherever the server has it. */
export class MailGateway implements NoticeGateway {
  readonly width = 2;
  readonly pause = 0;
  readonly #transport: Transporter;

  constructor(private readonly settings: MailSettings) {
    this.#transport = createTransport({
      url: settings.server,
      pool: true,
      maxConnections: this.width,
      connectionTimeout: within,
      greetingTimeout: within,
      socketTimeout: within,
      ...(settings.certificate !== undefined && { tls: { ca: settings.certificate } }),
      // Nothing of a message is read from files or addresses.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ noticeId, to, text }: Message): Promise<Outcome> {
    const { from } = this.settings;
    try {
      await this.#transport.sendMail({
        from,
        to,
        subject: text.slice(0, longestSubject),
        text,
        // The same in every attempt, so that a mailbox that has got it twice shows it once.
        messageId: `<${noticeId}@yizhan>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return {};
    } catch (error) {
      return outcomeOf(error as MailError);
    }
  }

  close(): Promise<void> {
    this.#transport.close();
    return Promise.resolve();
  }
}

/** What a server says may hold the address it was asked for: only its number is told. */
function outcomeOf(error: MailError): Outcome {
  const { code = '', responseCode, command = '' } = error;
  if (code === 'EAUTH') return refused('login_refused', responseCode, 'the login');
  if (code === 'EENVELOPE' && responseCode !== undefined) {
    // 4xx is for now, 5xx for good (RFC 5321, 4.2.1).
    return { ...refused('recipient_refused', responseCode, 'the recipient or sender'), isFinal: responseCode >= 500 };
  }
  if (responseCode !== undefined) return refused('mail_refused', responseCode, command || 'the message');
  if (code === 'ETIMEDOUT') return { failure: { code: 'no_answer', words: `no answer within ${within / 1_000} s` } };
  const { originalCode = code, message } = error;
  return { failure: failureOf(Object.assign(new Error(message), { code: originalCode })) };
}

function refused(code: NoticeFailure['code'], responseCode: number | undefined, what: string): Outcome {
  return {
    failure: { code, words: `the server refused ${what}${responseCode === undefined ? '' : `: ${responseCode}`}` },
  };
}
