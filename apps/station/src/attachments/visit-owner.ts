/** Whose key the photos and notes of a visit are encrypted with. */
export const visitOwner = (visitId: string): string => `visit:${visitId.toLowerCase()}`;
