import { DriversPanel } from './drivers-panel.js';
import { NoticesPanel } from './notices-panel.js';
import { Times } from './times.js';
import { TroublePanel, type TroubleShown } from './trouble-panel.js';
import type { CentreBoard } from './use-centre.js';

/** What is looked at when the first look has said where: it comes after the rest. */
export function LowerPanels({ board, ...place }: Omit<TroubleShown, 'board'> & { readonly board: CentreBoard }) {
  return (
    <>
      <DriversPanel board={board} />
      <TroublePanel board={board} {...place} />
      <Times figures={board.figures} />
      <NoticesPanel areaCode={place.areaCode} />
    </>
  );
}
