/** The visit that an event of the log is about, where it is about one. */
export function visitOf(document: string): string | undefined {
  const { data } = JSON.parse(document) as { readonly data?: { readonly visitId?: unknown } };
  return typeof data?.visitId === 'string' ? data.visitId : undefined;
}
