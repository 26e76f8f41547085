import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '@yizhan/client';
import { Alert, Skeleton } from 'antd';
import { Switches } from '../frame/switches.js';
import { useHash } from '../frame/use-hash.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { linkToken, readTask } from './driver-api.js';
import { DriverTaskView } from './driver-task.js';
import './driver.css';

/** For a driver's phone, without an account: what is asked of him, and his signature. */
export function DriverPage() {
  const { t, problem } = useTexts();
  useTitle(t('driver.title'));
  const token = linkToken(useHash());
  const { data, error } = useQuery({
    queryKey: ['station', 'driver', token],
    enabled: token !== '',
    queryFn: () => readTask(token),
    refetchInterval: 5_000,
  });
  const isOver = token === '' || (error instanceof ProblemError && error.problem.status === 401);
  return (
    <main className="driver-page">
      <header className="driver-head">
        <strong>{t('frame.name')}</strong>
        <Switches />
      </header>
      {isOver ? (
        <Alert type="warning" showIcon title={t('driver.link_over')} />
      ) : (
        <>
          {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
          {data ? <DriverTaskView key={token} task={data} token={token} /> : !error && <Skeleton active />}
        </>
      )}
    </main>
  );
}
