import { Problem } from '@yizhan/kernel';

/** A header that a subscriber wants with every delivery, such as a token of his own gateway. */
export interface CustomHeader {
  readonly name: string;
  readonly value: string;
}

export const mostHeaders = 10;
/** Authorization, and names of nobody's; what says where a request comes from is never a subscriber's. */
export const headerNamePattern = /^(?:authorization|x-[a-z0-9]+(?:-[a-z0-9]+)*)$/i;
export const headerValuePattern = /^[\x21-\x7e](?:[\x20-\x7e]{0,498}[\x21-\x7e])?$/;
const kept =
  /^x-(?:forwarded|real-ip|client-ip|original|rewrite|http-method|http-host|amz|goog|azure|ms|yizhan|webhook)/;

/** In lower case, each once. @throws Problem `invalid` for a name that is not on the list of safe ones. */
export function checkedHeaders(headers: readonly CustomHeader[]): readonly CustomHeader[] {
  const names = new Set<string>();
  return headers.map(({ name, value }) => {
    const lower = name.toLowerCase();
    if (kept.test(lower)) {
      const message = `a header ${lower} may not be set: use authorization or a name of your own that begins with x-`;
      throw new Problem('invalid', 'SUBSCRIPTION.HEADER', message, { field: 'headers', header: lower });
    }
    if (names.has(lower)) {
      const message = `the header ${lower} is given twice`;
      throw new Problem('invalid', 'SUBSCRIPTION.HEADER', message, { field: 'headers', header: lower });
    }
    names.add(lower);
    return { name: lower, value };
  });
}
