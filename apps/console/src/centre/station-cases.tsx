import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { asking, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { CaseLine } from './case-line.js';
import './centre-texts.js';
import './centre.css';

const most = 200;

/** Cases about a station, for who leads it: what the areas do about them, and what there is to say from here. */
export function StationCases({ stationCode }: { readonly stationCode: string }) {
  const { t, problem } = useTexts();
  const { data: cases = [], error } = useQuery({
    // Under the name by which everything of cases is read anew after a step; a station looks from no area.
    queryKey: ['centre', '', 'cases', stationCode],
    queryFn: async () =>
      (await asking(() => yizhan.cases.list({ query: { stationCode, state: 'open', limit: most } }))).items,
    refetchInterval: 5_000,
  });
  const fault = error && <Alert role="alert" type="error" showIcon title={problem(error)} />;
  if (cases.length === 0) return fault;
  return (
    <section className="panel" aria-labelledby="station-cases">
      <h2 id="station-cases">{t('cases.title', { number: cases.length })}</h2>
      {fault}
      <ul className="centre-case-list">
        {cases.map((each) => (
          <li key={each.caseId} className={each.isOverdue ? 'centre-case centre-case-overdue' : 'centre-case'}>
            <CaseLine areaCode="" shown={each} place="" />
          </li>
        ))}
      </ul>
    </section>
  );
}
