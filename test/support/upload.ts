import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer that may be a file. */
export interface FileAnswer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: Buffer | string;
}

/** Asks for, or sends, what is no JSON. */
export async function askForFile(app: NestFastifyApplication, asked: Asked): Promise<FileAnswer> {
  const { method, url, headers, payload } = asked;
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, type: String(answer.headers['content-type']), bytes: answer.rawPayload };
}
