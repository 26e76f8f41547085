import { useTexts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';
import type { ExpectedWait } from './expected-wait.js';
import type { CentreStation } from './use-centre.js';

/** The next day at a station, as it is and as it would be. */
export interface Outlook {
  readonly stationCode: string;
  readonly waiting: number;
  readonly announced: number;
  readonly busiestHour: number;
  readonly before?: ExpectedWait;
  readonly after?: ExpectedWait;
}

interface Shown {
  readonly outlooks: readonly Outlook[];
  readonly stations: readonly CentreStation[];
}

/** What waiting is to be expected at stations, before and after. */
export function Outlooks({ outlooks, stations }: Shown) {
  const { t } = useTexts();
  if (outlooks.length === 0) return null;
  const longest = (wait: ExpectedWait | undefined): string =>
    wait === undefined ? t('forecast.unknown') : durationText(wait.longestWaitSeconds ?? 0);
  return (
    <div className="centre-scroll" tabIndex={0} role="region" aria-label={t('forecast.stations')}>
      <table className="centre-table">
        <thead>
          <tr>
            <th className="centre-words">{t('forecast.station')}</th>
            <th>{t('forecast.waiting')}</th>
            <th>{t('forecast.announced')}</th>
            <th>{t('forecast.busiest')}</th>
            <th>{t('forecast.longest')}</th>
          </tr>
        </thead>
        <tbody>
          {outlooks.map(({ stationCode, waiting, announced, busiestHour, before, after }) => (
            <tr key={stationCode}>
              <td className="centre-words">
                {stations.find((each) => each.stationCode === stationCode)?.name ?? stationCode}
              </td>
              <td>{waiting}</td>
              <td>{announced}</td>
              <td>{busiestHour}</td>
              <td>
                {longest(before)} → {longest(after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="centre-quiet">{t('forecast.how')}</p>
    </div>
  );
}
