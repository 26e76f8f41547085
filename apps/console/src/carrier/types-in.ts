/** Types of events as somebody has entered them, between commas, blanks or lines. */
export const typesIn = (text: string): string[] => text.split(/[\s,，;；]+/).filter((type) => type !== '');
