import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { clockText, minutesSince } from '../board/phases.js';
import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { Name } from '../names/name.js';
import { plateText } from '../ticket/plate.js';
import './levers-texts.js';
import { type Outcome, outcomesOf } from './outcomes.js';
import { useOpenExceptions } from './use-cases.js';
import type { CentreBoard } from './use-centre.js';
import { useOverdueRuns } from './use-overdue-runs.js';

export interface TroubleShown {
  readonly areaCode: string;
  readonly board: Pick<CentreBoard, 'asOf' | 'figures'>;
  /** Stations that are looked at, by their codes. */
  readonly stationCodes: ReadonlySet<string>;
  /** Whether it is a county: what belongs to no station is not told of it. */
  readonly isOfCounty: boolean;
}

/** What stands and went wrong, with its age: open exceptions, and trucks that are past the time at which they were due. */
export function TroublePanel({ areaCode, board, stationCodes, isOfCounty }: TroubleShown) {
  const { t, codeText, problem, timeOf } = useTexts();
  const exceptions = useOpenExceptions(areaCode);
  const runs = useOverdueRuns(areaCode, board.asOf);
  const now = Date.parse(board.asOf);
  const open = (exceptions.data ?? [])
    .filter(({ stationCode }) => (stationCode === undefined ? !isOfCounty : stationCodes.has(stationCode)))
    .toSorted((one, other) => one.openedAt.localeCompare(other.openedAt));
  const late = isOfCounty ? [] : (runs.data ?? []);
  const failure = exceptions.error ?? runs.error;
  return (
    <div className="centre-grid">
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      <List
        title={t('trouble.exceptions', { number: open.length })}
        none={t('trouble.no_exceptions')}
        head={[t('trouble.what'), t('trouble.where'), t('trouble.open_for'), t('trouble.due')]}
      >
        {open.map(({ exceptionId, code, stationCode, visitId, openedAt, dueAt }) => (
          <tr key={exceptionId}>
            <th scope="row">
              {visitId === undefined ? (
                codeText('exception_code', code)
              ) : (
                <Link to={`/truck/${visitId}`}>{codeText('exception_code', code)}</Link>
              )}
            </th>
            <td className="centre-words">
              {stationCode === undefined ? '–' : <Name kind="station" id={stationCode} />}
            </td>
            <td>{clockText(minutesSince(openedAt, now))}</td>
            <td>{dueAt === undefined ? '–' : `${Date.parse(dueAt) < now ? '▲ ' : ''}${timeOf(dueAt)}`}</td>
          </tr>
        ))}
      </List>
      <List
        title={t('trouble.runs', { number: late.length })}
        none={isOfCounty ? t('trouble.runs_of_area') : t('trouble.no_runs')}
        head={[t('trouble.truck'), t('trouble.driver'), t('trouble.was_due'), t('trouble.past_due_for')]}
      >
        {late.map(({ runId, plate, driverId, visitId, dueBackAt }) => (
          <tr key={runId}>
            <th scope="row">
              {visitId === undefined ? plateText(plate) : <Link to={`/truck/${visitId}`}>{plateText(plate)}</Link>}
            </th>
            <td className="centre-words">{driverId}</td>
            <td>{timeOf(dueBackAt)}</td>
            <td>{clockText(minutesSince(dueBackAt, now))}</td>
          </tr>
        ))}
      </List>
      <Outcomes outcomes={outcomesOf(board.figures)} />
    </div>
  );
}

function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const { t, codeText } = useTexts();
  const partOf = ({ kpi, part }: Outcome): string => {
    if (part === '') return '';
    if (kpi === 'declines') return codeText('decline_reason', part);
    if (kpi === 'slot_adherence') return codeText('adherence', part);
    const [item = '', reason] = part.split('/');
    if (kpi !== 'check_failures') return codeText('reason', part);
    return reason === undefined
      ? codeText('check_item', item)
      : `${codeText('check_item', item)} · ${codeText('reason', reason)}`;
  };
  return (
    <List
      title={t('trouble.outcomes')}
      none={t('trouble.no_outcomes')}
      head={[t('trouble.what'), t('trouble.why'), t('flow.into_zone'), t('flow.out_of_zone')]}
    >
      {outcomes.map((outcome) => (
        <tr key={`${outcome.kpi} ${outcome.part}`}>
          <th scope="row">{codeText('outcome_kpi', outcome.kpi)}</th>
          <td className="centre-words">{partOf(outcome)}</td>
          <td>{outcome.into}</td>
          <td>{outcome.out}</td>
        </tr>
      ))}
    </List>
  );
}

interface Listed {
  readonly title: string;
  /** Said where nothing is listed. */
  readonly none: string;
  readonly head: readonly string[];
  readonly children: readonly ReactNode[];
}

function List({ title, none, head, children }: Listed) {
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? (
        <p>{none}</p>
      ) : (
        <Wide className="centre-scroll" label={title}>
          <table className="centre-table">
            <thead>
              <tr>
                {head.map((column) => (
                  <th scope="col" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </Wide>
      )}
    </section>
  );
}
