import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useDownload } from '../api/use-download.js';
import { asking, yizhan } from '../api/yizhan.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import './centre-texts.js';
import './centre.css';
import { dayBefore } from './day-before.js';
import './report-texts.js';
import { useCentreStations } from './use-centre.js';

const spans = ['day', 'week'] as const;
const files = ['pdf', 'xlsx'] as const;
const tables = [
  'summary',
  'times',
  'days',
  'hours',
  'stations',
  'causes',
  'exceptions',
  'alerts',
  'alert_list',
  'capacity',
  'figures',
] as const;
type Span = (typeof spans)[number];

/** The report of a day or a week as it is printed, and as files. */
export function ReportPage() {
  const { t, problem, codeText, isEnglish } = useTexts();
  const { areaCode = '' } = useParams();
  const [span, setSpan] = useState<Span>('day');
  const [day, setDay] = useState(() => dayBefore(serverNow()));
  const [countyCode, setCounty] = useState('');
  const [table, setTable] = useState<(typeof tables)[number]>('figures');
  const paper = useRef<HTMLIFrameElement>(null);
  const places = useCentreStations(areaCode);
  const lang = isEnglish ? 'en' : 'zh';
  const asked = { span, day, lang, ...(countyCode !== '' && { countyCode }) } as const;
  const page = useQuery({
    queryKey: ['centre', areaCode, 'report', asked],
    enabled: day !== '',
    queryFn: async () => {
      const read = () =>
        yizhan.centreReport.read({ path: { areaCode }, query: { ...asked, format: 'html' }, parseAs: 'text' });
      return textOf(await asking(read));
    },
  });
  const download = useDownload();
  const save = (format: 'pdf' | 'xlsx' | 'csv'): void =>
    download.mutate({
      name: `report-${areaCode}-${span}-${day}.${format === 'csv' ? `${table}.csv` : format}`,
      read: () =>
        yizhan.centreReport.read({
          path: { areaCode },
          query: { ...asked, format, ...(format === 'csv' && { table }) },
          parseAs: 'blob',
        }),
    });
  const title = t('centre_report.of', { area: places.data?.area.name ?? areaCode });
  useTitle(title);
  const failure = page.error ?? download.error ?? places.error;
  const counties = [...new Set((places.data?.stations ?? []).map((station) => station.countyCode))].toSorted();
  const isReady = page.data !== undefined && day !== '';
  return (
    <div className="centre">
      <Link to={`/centre/${areaCode}`}>← {t('centre.to_area')}</Link>
      <div className="centre-head">
        <h1>{title}</h1>
        <div className="centre-choices">
          <Select
            aria-label={t('centre_report.span')}
            value={span}
            options={spans.map((each) => ({ value: each, label: codeText('report_span', each) }))}
            onChange={setSpan}
          />
          <Input
            type="date"
            aria-label={t('centre_report.day')}
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
          <Select
            aria-label={t('centre.county')}
            value={countyCode}
            options={[
              { value: '', label: t('centre.all_counties') },
              ...counties.map((code) => ({ value: code, label: t('centre.county_code', { code }) })),
            ]}
            onChange={setCounty}
          />
        </div>
      </div>
      <div className="centre-choices centre-files">
        <Button disabled={!isReady} onClick={() => paper.current?.contentWindow?.print()}>
          {t('centre_report.print')}
        </Button>
        {files.map((format) => (
          <Button
            key={format}
            type={format === 'pdf' ? 'primary' : 'default'}
            disabled={!isReady}
            loading={download.isPending && download.variables.name.endsWith(format)}
            onClick={() => save(format)}
          >
            {codeText('report_file', format)}
          </Button>
        ))}
        <Select
          aria-label={t('centre_report.table')}
          value={table}
          options={tables.map((each) => ({ value: each, label: codeText('report_table', each) }))}
          onChange={setTable}
        />
        <Button disabled={!isReady} onClick={() => save('csv')}>
          {t('centre.export')}
        </Button>
      </div>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {day === '' && <p>{t('centre_report.choose_day')}</p>}
      {page.data === undefined && day !== '' && !failure && <Skeleton active />}
      {isReady && !page.error && (
        <iframe
          ref={paper}
          className="centre-paper"
          title={title}
          // It has no script, and may run none; it is of this address so that it can be printed.
          sandbox="allow-same-origin allow-modals"
          srcDoc={page.data}
        />
      )}
    </div>
  );
}

function textOf(answer: unknown): string {
  if (typeof answer !== 'string') throw new Error('the report came in no form that can be shown');
  return answer;
}
