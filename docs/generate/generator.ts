export interface Generator {
  /** The file that it writes, from the root of the repository. */
  writes: string;
  render: () => string | Promise<string>;
}
