import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';
import './levers-texts.js';
import { driversBySide } from './drivers-by-side.js';
import type { BoardFacts } from './standings.js';

/** Who is on duty on each side of the zone, what they are at, and for how long they are there yet. */
export function DriversPanel({ board }: { readonly board: Pick<BoardFacts, 'asOf' | 'now'> }) {
  const { t } = useTexts();
  const duration = (seconds: number | undefined): string => (seconds === undefined ? '–' : durationText(seconds));
  const columns = [
    t('on_duty.on_duty'),
    t('on_duty.idle'),
    t('on_duty.at_handoff'),
    t('on_duty.driving'),
    t('on_duty.left'),
    t('on_duty.idle_for'),
    t('on_duty.longest_idle'),
  ];
  return (
    <section className="panel" aria-label={t('on_duty.title')}>
      <h2>{t('on_duty.title')}</h2>
      <Wide className="centre-scroll" label={t('on_duty.title')}>
        <table className="centre-table">
          <thead>
            <tr>
              <th scope="col">{t('on_duty.side')}</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {driversBySide(board).map((row) => (
              <tr key={row.side}>
                <th scope="row">{row.side === 'inside' ? t('on_duty.inside') : t('on_duty.outside')}</th>
                <td>{row.onDuty}</td>
                <td>{row.idle}</td>
                <td>{row.atHandoff}</td>
                <td>{row.driving}</td>
                <td>{row.onDuty === 0 ? '–' : duration(row.secondsLeft)}</td>
                <td>{duration(row.idleSeconds)}</td>
                <td>{duration(row.longestIdleSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}
