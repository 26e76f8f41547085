import qrcode from 'qrcode-generator';

/** White around the code, in modules, without which readers do not find it. */
const quiet = 4;

function modulesOf(text: string): { readonly size: number; readonly isDark: (row: number, column: number) => boolean } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const inside = code.getModuleCount();
  const isInside = (at: number): boolean => at >= quiet && at < inside + quiet;
  return {
    size: inside + 2 * quiet,
    isDark: (row, column) => isInside(row) && isInside(column) && code.isDark(row - quiet, column - quiet),
  };
}

/** As an SVG element. */
export function qrAsSvg(text: string): string {
  const { size, isDark } = modulesOf(text);
  const rows = Array.from({ length: size }, (_, row) => row);
  const path = rows
    .flatMap((row) => rows.filter((column) => isDark(row, column)).map((column) => `M${column} ${row}h1v1h-1z`))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

const black = '\u001b[30;107m';
const reset = '\u001b[0m';

/** For a terminal, two rows to a line. @param coloured says black and white; without it, a dark terminal is taken for granted. */
export function qrAsText(text: string, coloured: boolean): string {
  const { size, isDark } = modulesOf(text);
  // What is written shines in a dark terminal, and is black where we may say so.
  const isInk = (row: number, column: number): boolean => (row < size && isDark(row, column)) === coloured;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = '';
    for (let column = 0; column < size; column += 1) {
      const above = isInk(row, column);
      const below = isInk(row + 1, column);
      line += above ? (below ? '█' : '▀') : below ? '▄' : ' ';
    }
    lines.push(coloured ? `${black}${line}${reset}` : line);
  }
  return lines.join('\n');
}
