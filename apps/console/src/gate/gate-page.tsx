import { connect, ProblemError } from '@yizhan/client';
import { Alert, Button } from 'antd';
import { type HTMLAttributes, useState } from 'react';
import { useChange } from '../api/use-change.js';
import '../driver/driver.css';
import { Plate } from '../frame/plate.js';
import { Switches } from '../frame/switches.js';
import { useHash } from '../frame/use-hash.js';
import { useTitle } from '../frame/use-title.js';
import { Field } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import './gate.css';

type Asked = 'phone' | 'name' | 'carrierName' | 'cargo';
type Said = Readonly<Record<Asked, string>>;

const nothing: Said = { phone: '', name: '', carrierName: '', cargo: '' };

/** How each is asked for; a phone that knows its owner fills it in. */
const fields: readonly (readonly [Asked, number, HTMLAttributes<HTMLInputElement>['inputMode'], string])[] = [
  ['phone', 24, 'tel', 'tel'],
  ['name', 100, 'text', 'name'],
  ['carrierName', 100, 'text', 'organization'],
  ['cargo', 200, 'text', 'off'],
];

/** For the phone of a driver whom nobody has announced: he says who he is, and goes on waiting for his number. */
export function GatePage() {
  // What stands behind `#` is never sent as part of an address.
  const hash = useHash();
  return <GateForm key={hash} link={new URLSearchParams(hash.slice(1))} />;
}

function GateForm({ link }: { readonly link: URLSearchParams }) {
  const { t, problem, codeText } = useTexts();
  useTitle(t('gate.title'));
  const token = link.get('token') ?? '';
  const visitId = link.get('visit') ?? '';
  const plate = link.get('plate') ?? '';
  const [said, setSaid] = useState(nothing);
  const [isSent, setSent] = useState(false);
  const send = useChange(
    (body: Said, headers) => {
      const given = Object.entries(body).flatMap(([field, text]) => (text.trim() === '' ? [] : [[field, text.trim()]]));
      const { phone } = body;
      const path = { visitId };
      return connect(location.origin, token).gate.state({
        path,
        headers,
        body: { ...Object.fromEntries(given), phone },
      });
    },
    () => setSent(true),
  );
  const isOver = token === '' || (send.error instanceof ProblemError && send.error.problem.status === 401);
  return (
    <main className="driver-page">
      <header className="driver-head">
        <strong>{t('frame.name')}</strong>
        <Switches />
      </header>
      {isOver ? (
        <Alert type="warning" showIcon title={t('driver.link_over')} />
      ) : (
        <section className="driver-card" aria-live="polite">
          <h1>{isSent ? t('gate.thanks') : t('gate.title')}</h1>
          {plate !== '' && <Plate plate={plate} isLarge />}
          {isSent ? (
            <>
              <p>{t('gate.wait')}</p>
              <Button block size="large" onClick={() => setSent(false)}>
                {t('gate.change')}
              </Button>
            </>
          ) : (
            <form
              className="gate-form"
              onSubmit={(event) => {
                event.preventDefault();
                send.mutate(said);
              }}
            >
              <p>{t('gate.why')}</p>
              {fields.map(([field, maxLength, inputMode, autoComplete]) => (
                <Field key={field} label={codeText('gate_field', field)} htmlFor={`gate-${field}`}>
                  <input
                    id={`gate-${field}`}
                    className="plain-input"
                    maxLength={maxLength}
                    inputMode={inputMode}
                    autoComplete={autoComplete}
                    required={field === 'phone'}
                    value={said[field]}
                    onChange={({ target }) => setSaid({ ...said, [field]: target.value })}
                  />
                </Field>
              ))}
              {send.error && <Alert role="alert" type="error" showIcon title={problem(send.error)} />}
              <Button
                block
                type="primary"
                htmlType="submit"
                size="large"
                className="big-button"
                disabled={said.phone.trim().length < 8}
                loading={send.isPending}
              >
                {t('gate.send')}
              </Button>
            </form>
          )}
        </section>
      )}
    </main>
  );
}
