import { Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { clockText } from '../board/phases.js';
import { Wide } from '../frame/wide.js';
import { fileTimeText } from '../i18n/instant-text.js';
import { useTexts } from '../i18n/use-texts.js';
import { SaveTable } from './save-table.js';
import { type Order, orderAfter, sortRows } from './sort-rows.js';
import type { StationRow } from './standings.js';

const columns = [
  'name',
  'status',
  'alertRank',
  'queuedOutside',
  'onSite',
  'waitingForDriver',
  'swapping',
  'longestWaitMinutes',
  'driversIdle',
  'driversOnDuty',
  'arrivals',
  'departures',
] as const satisfies readonly (keyof StationRow)[];
const texts: ReadonlySet<keyof StationRow> = new Set(['name', 'status']);
const statuses = ['open', 'suspended', 'closed'] as const;

interface TableShown {
  readonly areaCode: string;
  readonly rows: readonly StationRow[];
  readonly asOf: string;
}

/** Every station, to be sorted, filtered, looked into and saved. */
export function StationTable({ areaCode, rows, asOf }: TableShown) {
  const { t, codeText } = useTexts();
  const [order, setOrder] = useState<Order<StationRow>>({ by: 'longestWaitMinutes', isDown: true });
  const [name, setName] = useState('');
  const [status, setStatus] = useState('');
  const shown = sortRows(
    rows.filter(
      (row) => (status === '' || row.status === status) && (row.name + row.stationCode).includes(name.trim()),
    ),
    order,
  );
  const cellOf = (row: StationRow, column: (typeof columns)[number]): string | number => {
    if (column === 'status')
      return [codeText('station_state', row.status), ...(row.isCutOff ? [t('centre.cut_off')] : [])].join(' · ');
    if (column === 'alertRank') return row.alert === '' ? '' : codeText('alert_level', row.alert);
    return row[column];
  };
  const read = () => {
    const head = [t('centre.station_code'), ...columns.map((column) => codeText('centre_column', column))];
    const lines = shown.map((row) => [row.stationCode, ...columns.map((column) => cellOf(row, column))]);
    return { name: `${areaCode}-${fileTimeText(asOf)}`, head, lines };
  };
  return (
    <section className="panel" aria-labelledby="centre-stations">
      <div className="centre-head">
        <h2 id="centre-stations">{t('centre.stations', { number: shown.length })}</h2>
        <div className="centre-choices">
          <Input
            allowClear
            aria-label={t('centre.find_station')}
            placeholder={t('centre.find_station')}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Select
            aria-label={t('centre.status')}
            value={status}
            options={[
              { value: '', label: t('centre.any_status') },
              ...statuses.map((each) => ({ value: each, label: codeText('station_state', each) })),
            ]}
            onChange={setStatus}
          />
          <SaveTable read={read} />
        </div>
      </div>
      <Wide className="centre-scroll" labelledBy="centre-stations">
        <table className="centre-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={texts.has(column) ? 'centre-words' : undefined}
                  aria-sort={order.by === column ? (order.isDown ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className="centre-sort"
                    onClick={() => setOrder(orderAfter(order, column, texts.has(column)))}
                  >
                    {codeText('centre_column', column)}
                    <span aria-hidden="true">{order.by === column ? (order.isDown ? ' ▼' : ' ▲') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.stationCode} areaCode={areaCode} row={row} />
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}

function Row({ areaCode, row }: { readonly areaCode: string; readonly row: StationRow }) {
  const { t, codeText } = useTexts();
  const { stationCode, name, status, isCutOff, alert, longestWaitMinutes } = row;
  return (
    <tr>
      <th scope="row">
        <Link to={`/centre/${areaCode}/station/${stationCode}`}>{name}</Link>
      </th>
      <td className={status === 'open' ? 'centre-words' : 'centre-words centre-not-open'}>
        {codeText('station_state', status)}
        {isCutOff && (
          <>
            {' '}
            <span className="badge badge-held">! {t('centre.cut_off')}</span>
          </>
        )}
      </td>
      <td>
        {alert !== '' && (
          <span className={`centre-alert-sign centre-alert-sign-${alert}`}>
            <span aria-hidden="true">{alert === 'critical' ? '▲' : '△'}</span> {codeText('alert_level', alert)}
          </span>
        )}
      </td>
      <td>{row.queuedOutside}</td>
      <td>{row.onSite}</td>
      <td>{row.waitingForDriver}</td>
      <td>{row.swapping}</td>
      <td>{clockText(longestWaitMinutes)}</td>
      <td>{row.driversIdle}</td>
      <td>{row.driversOnDuty}</td>
      <td>{row.arrivals}</td>
      <td>{row.departures}</td>
    </tr>
  );
}
