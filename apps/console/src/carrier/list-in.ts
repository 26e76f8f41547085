/** What somebody has entered of a list, between commas, blanks or lines. */
export const listIn = (text: string): string[] => text.split(/[\s,，;；]+/).filter((each) => each !== '');
