/** A document as a file: indented, with a newline at its end. */
export const jsonText = (document: object): string => `${JSON.stringify(document, undefined, 2)}\n`;
