export const namedKinds = ['driver', 'carrier', 'enterprise', 'station', 'area'] as const;

export type NamedKind = (typeof namedKinds)[number];

export const isNamed = (kind: string | undefined): kind is NamedKind =>
  (namedKinds as readonly (string | undefined)[]).includes(kind);

/** A name before its id, where it is another one. */
export const nameText = (name: string | null | undefined, id: string): string =>
  name === undefined || name === null || name === '' || name === id ? id : `${name} (${id})`;

/** What `nameText` says of a carrier that was taken in without a name: its id was made up by the service, and says nothing to anybody. */
export const carrierText = (name: string | null | undefined, id: string, unnamed: string): string =>
  (name === null || name === '' || name === id) && /^C-[0-9a-f]{12,}$/.test(id) ? unnamed : nameText(name, id);
