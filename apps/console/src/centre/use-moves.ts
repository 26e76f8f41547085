import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useChange } from '../api/use-change.js';
import { asking, yizhan } from '../api/yizhan.js';

/** Which announced trucks would come to another station. */
export interface MoveDraft {
  readonly stationCode: string;
  readonly toStationCode: string;
  readonly flow?: 'into_zone' | 'out_of_zone';
  readonly carrierId?: string;
  readonly until: string;
}

/** Whom it would move, and what it would do at both stations. */
export function useMovePreview(areaCode: string, draft: MoveDraft | undefined) {
  return useQuery({
    queryKey: ['centre', areaCode, 'move-preview', draft],
    enabled: draft !== undefined,
    queryFn: () => {
      const { stationCode, ...query } = draft ?? { stationCode: '', toStationCode: '', until: '' };
      return asking(() => yizhan.stations.previewMove({ path: { stationCode }, query }));
    },
    refetchInterval: 5_000,
  });
}

/** What is asked for, and of whom it is undone. */
export interface Move {
  readonly stationCode: string;
  readonly toStationCode: string;
  readonly visitIds: string[];
  readonly reason: string;
  readonly until?: string;
}

/** Moves arrivals; everything of the area is read anew afterwards. */
export function useMoveArrivals(areaCode: string, onDone: (moved: readonly string[], move: Move) => void) {
  const client = useQueryClient();
  return useChange(
    ({ stationCode, ...body }: Move, headers) => yizhan.stations.moveArrivals({ path: { stationCode }, headers, body }),
    ({ moved }, move) => {
      void client.invalidateQueries({ queryKey: ['centre', areaCode] });
      onDone(moved, move);
    },
  );
}
