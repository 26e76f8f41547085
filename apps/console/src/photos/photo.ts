/** What a photo of a handoff is of: its stage in the event. */
export const photoStages = ['seal', 'odometer', 'vehicle'] as const;
export type PhotoStage = (typeof photoStages)[number];

/** A photo that somebody has just taken, as it is to be sent. */
export interface TakenPhoto {
  readonly stage: PhotoStage;
  /** Of the content, in lower case: what the handoff names it by. */
  readonly sha256: string;
  readonly content: Blob;
}

/** A photo that lies on this device until the service has it; what it shows lies beside it. */
export interface KeptPhoto {
  /** The visit and the digest: the same picture is kept once. */
  readonly id: string;
  readonly visitId: string;
  readonly plate: string;
  readonly sha256: string;
  /** Its `Idempotency-Key`. */
  readonly requestId: string;
  /** Who has taken it: it is sent in his name alone. */
  readonly account: string;
  readonly state: 'waiting' | 'refused';
  /** Why the service does not take it. */
  readonly problem?: { readonly code: string; readonly detail: string };
}

/** The content of a photo. */
export interface KeptPicture {
  readonly id: string;
  readonly content: Blob;
}

/** Which photo can be sent next in somebody's name: none of a truck of which steps wait, which may be what makes its visit. */
export const nextPhoto = (
  photos: readonly KeptPhoto[],
  account: string,
  platesWaiting: ReadonlySet<string>,
): KeptPhoto | undefined =>
  photos.find((photo) => photo.state === 'waiting' && photo.account === account && !platesWaiting.has(photo.plate));
