const ownNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a page was opened at the address by which a machine reaches itself: no other one can open it there. */
export const isOwnName = (hostname: string): boolean => ownNames.has(hostname);

/**
 * Under which origin a phone opens this installation: that of the page, or where the product says that phones find it.
 * @param phonesAt what the product says; @returns undefined where no phone can.
 */
export const phoneOrigin = (
  page: { readonly hostname: string; readonly origin: string },
  phonesAt: string | undefined,
): string | undefined => (isOwnName(page.hostname) ? phonesAt : page.origin);
