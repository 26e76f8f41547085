type Settling<T extends readonly unknown[]> = { readonly [K in keyof T]: Promise<T[K]> };

/**
 * As `Promise.all`, but waits for all of them before it throws the first error in the order given: nothing of a
 * transaction is still under way when it is rolled back.
 */
export async function together<T extends readonly unknown[]>(work: Settling<T>): Promise<T> {
  const settled = await Promise.allSettled(work as readonly Promise<unknown>[]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as unknown as T;
}
