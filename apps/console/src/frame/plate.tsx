import { plateText } from '../ticket/plate.js';

/** A plate in its real colours. */
export function Plate({
  plate,
  colour = 'yellow',
  isLarge = false,
}: {
  readonly plate: string;
  readonly colour?: string | undefined;
  readonly isLarge?: boolean;
}) {
  return <span className={`plate plate-${colour}${isLarge ? ' plate-large' : ''}`}>{plateText(plate)}</span>;
}
