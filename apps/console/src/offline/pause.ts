/** Waits, unless it is told to stop or that something has happened. */
export function pause(milliseconds: number, ...wakes: readonly AbortSignal[]): Promise<void> {
  const wake = AbortSignal.any([...wakes]);
  return new Promise((resolve) => {
    if (wake.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    wake.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      wake.removeEventListener('abort', done);
      resolve();
    }
  });
}
