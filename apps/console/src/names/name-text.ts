export const namedKinds = ['driver', 'carrier', 'enterprise', 'station'] as const;

export type NamedKind = (typeof namedKinds)[number];

export const isNamed = (kind: string | undefined): kind is NamedKind =>
  (namedKinds as readonly (string | undefined)[]).includes(kind);

/** A name before its id, where it is another one. */
export const nameText = (name: string | null | undefined, id: string): string =>
  name === undefined || name === null || name === '' || name === id ? id : `${name} (${id})`;
