export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const csvType = 'text/csv; charset=utf-8';
export const pageType = 'text/html; charset=utf-8';
export const pdfType = 'application/pdf';

/** Languages that people get paper in. */
export const printLanguages = ['zh', 'en'] as const;
export type PrintLanguage = (typeof printLanguages)[number];

export type InBoth = Readonly<Record<PrintLanguage, string>>;
