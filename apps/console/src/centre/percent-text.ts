/** A share as people read it: at most one place after the point; a dash where nothing is known. */
export const percentText = (percent: number | undefined): string =>
  percent === undefined ? '–' : `${Number(percent.toFixed(1))}%`;
