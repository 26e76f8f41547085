/** A step of a page: its number, its name in bold, and the command in its block. */
export interface NumberedStep {
  readonly number: number;
  readonly name: string;
  /** Undefined where nothing is typed. */
  readonly command: string | undefined;
}

/** The numbered list of a page in Markdown: `1. **Name.** …`, and a block of `sh` below it. */
export function numberedSteps(page: string): NumberedStep[] {
  return page
    .split(/^(?=\d+\. )/m)
    .slice(1)
    .map((text) => {
      const [, number, name = ''] = /^(\d+)\. \*\*(.+?)\.\*\*/.exec(text) ?? [];
      const [, command] = /^ *```sh\n *(.+)\n *```$/m.exec(text) ?? [];
      return { number: Number(number), name, command };
    });
}
