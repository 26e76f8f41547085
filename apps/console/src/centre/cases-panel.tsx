import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { byDue } from './by-due.js';
import { CaseLine } from './case-line.js';
import type { CentreStation } from './use-centre.js';
import { type CaseStateShown, useCases } from './use-cases.js';

const OpenForException = lazy(async () => ({ default: (await import('./open-case.js')).OpenForException }));

export interface CasesShown {
  readonly areaCode: string;
  readonly stations: readonly CentreStation[];
}

const choices: readonly CaseStateShown[] = ['open', 'closed'];

/** What somebody has to see through: cases about the area, and those that others have handed to it. */
export function CasesPanel({ areaCode, stations }: CasesShown) {
  const { t, problem, codeText } = useTexts();
  const [choice, setChoice] = useState<CaseStateShown>('open');
  const [isOpening, setOpening] = useState(false);
  const { data, error } = useCases(areaCode, choice);
  const cases = data && (choice === 'open' ? byDue(data, areaCode) : data);
  const names = new Map(stations.map(({ stationCode, name }) => [stationCode, name]));
  return (
    <section className="panel centre-cases" aria-labelledby="centre-cases">
      <div className="centre-head">
        <h2 id="centre-cases">
          {choice === 'open' ? t('cases.title', { number: cases?.length ?? 0 }) : t('cases.past')}
        </h2>
        <div className="centre-choices">
          {choices.map((each) => (
            <button
              key={each}
              type="button"
              className="centre-sort"
              aria-pressed={choice === each}
              onClick={() => setChoice(each)}
            >
              {codeText('case_choice', each)}
            </button>
          ))}
        </div>
      </div>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      {cases?.length === 0 && <p>{choice === 'open' ? t('cases.none') : t('cases.none_past')}</p>}
      <ul className="centre-case-list">
        {cases?.map((each) => (
          <li key={each.caseId} className={each.isOverdue ? 'centre-case centre-case-overdue' : 'centre-case'}>
            <CaseLine areaCode={areaCode} shown={each} place={names.get(each.stationCode) ?? each.stationCode} />
          </li>
        ))}
      </ul>
      {isOpening ? (
        <Suspense>
          <OpenForException areaCode={areaCode} names={names} onDone={() => setOpening(false)} />
        </Suspense>
      ) : (
        <Button onClick={() => setOpening(true)}>{t('cases.open_for_exception')}</Button>
      )}
    </section>
  );
}
