type Close = () => Promise<void>;

const open = new Set<Close>();

/** @returns `close`, which now runs once at most, and also where the benchmark is broken off. */
export function alsoWhenBrokenOff(close: Close): Close {
  const once = async (): Promise<void> => {
    if (open.delete(once)) await close();
  };
  open.add(once);
  return once;
}

/** Ctrl-C leaves no process and no folder behind. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void closeAll().finally(() => process.exit(1));
    });
  }
}

async function closeAll(): Promise<void> {
  for (const close of [...open].toReversed()) await close();
}
