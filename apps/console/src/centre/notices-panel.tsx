import { Alert } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import './levers-texts.js';
import { type CentreNotice, useNoticeGateways, useNotices } from './use-notices.js';

const choices = ['troubled', 'all'] as const;
type Choice = (typeof choices)[number];

/** What people were told, and what did not reach them; nothing is missing where there is no gateway. */
export function NoticesPanel({ areaCode }: { readonly areaCode: string }) {
  const { t, problem, codeText } = useTexts();
  const [choice, setChoice] = useState<Choice>('troubled');
  const gateways = useNoticeGateways();
  const notices = useNotices(areaCode, choice === 'troubled');
  const failure = gateways.error ?? notices.error;
  const ways = gateways.data?.map(({ gateway, channel }) => nameOf(gateway, codeText('notice_channel', channel)));
  return (
    <section className="panel centre-notices" aria-labelledby="centre-notices">
      <div className="centre-head">
        <h2 id="centre-notices">{t('centre.notices')}</h2>
        {ways && (
          <span className="centre-age">
            {ways.length === 0 ? t('centre.no_gateway') : t('centre.gateways', { ways: ways.join(' · ') })}
          </span>
        )}
        <div className="centre-choices">
          {choices.map((each) => (
            <button
              key={each}
              type="button"
              className="centre-sort"
              aria-pressed={choice === each}
              onClick={() => setChoice(each)}
            >
              {codeText('notice_choice', each)}
            </button>
          ))}
        </div>
      </div>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {notices.data?.length === 0 && <p>{choice === 'troubled' ? t('centre.no_trouble') : t('centre.no_notices')}</p>}
      <ul className="centre-alert-list">
        {notices.data?.map((notice) => (
          <li key={notice.noticeId} className={`centre-notice centre-notice-${notice.state}`}>
            <NoticeLine notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoticeLine({ notice }: { readonly notice: CentreNotice }) {
  const { t, codeText, dateTimeOf, timeOf } = useTexts();
  const { text, gateway, channel, recipient, state, tries, madeAt, nextAttemptAt, failure, failureWords } = notice;
  const to = [nameOf(gateway, codeText('notice_channel', channel)), recipient].filter((part) => part !== '');
  // Of a kind that has no name the words of the service say more.
  const why = failure === 'other' ? failureWords : failure && codeText('notice_failure', failure);
  return (
    <>
      <p className="centre-alert-what">{text}</p>
      <p className="centre-alert-who">
        <time dateTime={madeAt}>{dateTimeOf(madeAt)}</time>
        <span>{to.join(' → ')}</span>
        <strong>{codeText('notice_state', state)}</strong>
        {tries > 1 && <span>{t('centre.tries', { number: tries })}</span>}
        {why !== undefined && <span className="badge badge-held">! {why}</span>}
        {nextAttemptAt !== undefined && tries > 0 && (
          <span>{t('centre.tried_again', { time: timeOf(nextAttemptAt) })}</span>
        )}
      </p>
    </>
  );
}

/** A robot has a name of its own besides. */
const nameOf = (gateway: string, channel: string): string => {
  const [, name] = gateway.split('/');
  return name === undefined ? channel : `${channel} ${name}`;
};
