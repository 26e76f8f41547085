/** Figures that are older by the service's clock say nothing of now, milliseconds. */
const oldAfter = 120_000;
/** Three looks in a row that brought nothing: a request that hangs fails only much later, milliseconds. */
const silentAfter = 16_000;

/** Whether figures are to be marked as old: of an instant by the service's clock, and read at one by this device's. */
export const isCutOff = (
  { asOf, readAt }: { readonly asOf: number; readonly readAt: number },
  { there, here }: { readonly there: number; readonly here: number },
): boolean => there - asOf > oldAfter || here - readAt > silentAfter;
