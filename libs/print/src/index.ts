export { attachment } from './attachment.js';
export { byteOrderMark, csvRecord } from './csv.js';
export { printFont } from './font.js';
export { escaped } from './html.js';
export { csvType, pageType, pdfType, printLanguages, workbookType } from './media.js';
export type { InBoth, PrintLanguage } from './media.js';
