type Given<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/** Only the fields that have a value: events and answers leave out what is not there. */
export function given<T extends object>(fields: T): Given<T> {
  const present = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as Given<T>;
}
