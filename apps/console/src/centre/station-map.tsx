import { useParams } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { PlaceMap } from './place-map.js';
import type { Place } from './project.js';
import type { StationRow } from './standings.js';

interface MapShown {
  readonly stations: readonly { readonly stationCode: string; readonly location: Place }[];
  /** In the order of the stations. */
  readonly rows: readonly StationRow[];
}

/** The stations of an area, how they stand and how many trucks wait. */
export function StationMap({ stations, rows }: MapShown) {
  const { t, codeText } = useTexts();
  const { areaCode = '' } = useParams();
  const places = rows.map((row, index) => {
    const trucks = row.onSite + row.queuedOutside;
    const waiting = row.waitingForDriver + row.queuedOutside;
    const status = codeText('station_state', row.status);
    return {
      code: row.stationCode,
      name: row.name,
      location: stations[index]?.location ?? { latitude: 0, longitude: 0 },
      to: `/centre/${areaCode}/station/${row.stationCode}`,
      status: row.status,
      alert: row.alert,
      trucks,
      title: t('centre.place', { name: row.name, status, trucks, waiting }),
      figures: t('centre.place_figures', { trucks, waiting }),
    };
  });
  return <PlaceMap label={t('centre.map')} places={places} />;
}
