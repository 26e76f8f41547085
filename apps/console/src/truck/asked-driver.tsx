import { AcceptClock, AcceptWarning } from '../board/accept-clock.js';
import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';
import type { Truck } from './use-truck.js';

type Handoff = NonNullable<Truck['handoff']>;

/** Who is asked to take a truck now, until when he has to accept, and what happens then by itself. */
export function AskedDriver({ handoff: { driverId = '', acceptBy, assignedBy } }: { readonly handoff: Handoff }) {
  const { t, timeOf } = useTexts();
  const driver = useName('driver', driverId);
  return (
    <section className="panel asked-driver" aria-labelledby="asked-driver">
      <h2 id="asked-driver">{t('asked.title', { driver })}</h2>
      <p>{assignedBy === 'operator' ? t('asked.by_operator') : t('asked.by_scheduler')}</p>
      {acceptBy === undefined ? (
        // Logged on this device alone: the service has not asked him yet.
        <p>{t('asked.not_yet')}</p>
      ) : (
        <>
          <p>
            {t('asked.until', { time: timeOf(acceptBy) })} <AcceptClock acceptBy={acceptBy} />
          </p>
          <p>{t('asked.then')}</p>
          <AcceptWarning acceptBy={acceptBy} />
        </>
      )}
    </section>
  );
}
