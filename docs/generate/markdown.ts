/** Text as it may stand in a cell of a table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Names in code type; a dash where there is none. */
export const code = (names: readonly string[]): string => names.map((name) => `\`${cell(name)}\``).join(', ') || '–';

/** A table; its cells are ready as they are. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
