/** What the example is told by its environment. */
export const config = {
  /** Address of Yizhan. */
  address: required('YIZHAN'),
  /** An API key or token of role `carrier`. */
  token: required('YIZHAN_TOKEN'),
  /** The secret of the subscription; both with a comma between while it is rotated. */
  secrets: required('YIZHAN_WEBHOOK_SECRETS').split(','),
  /** Where it keeps what has come. */
  folder: required('RECEIVER_FOLDER'),
  port: Number(required('RECEIVER_PORT')),
};

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set`);
}
