/** An answer that may be a file. */
export interface FileAnswer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Injected {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawPayload: Buffer;
}

export const fileOf = ({ statusCode, headers, rawPayload }: Injected): FileAnswer => ({
  status: statusCode,
  type: String(headers['content-type']),
  bytes: rawPayload,
});
