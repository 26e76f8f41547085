export interface PageOf<T> {
  readonly items: readonly T[];
  /** Of the next page; null at the end. */
  readonly next: string | null;
}

const mostPages = 25;

/** All items of a list, page after page; of a list without end the first 5,000 or so. */
export async function everything<T>(read: (page: { readonly after?: string }) => Promise<PageOf<T>>): Promise<T[]> {
  const all: T[] = [];
  let page = await read({});
  all.push(...page.items);
  for (let pages = 1; page.next !== null && pages < mostPages; pages += 1) {
    page = await read({ after: page.next });
    all.push(...page.items);
  }
  return all;
}
