import { Alert, Button } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { Undo } from '../truck/undo.js';
import type { Truck } from '../truck/use-truck.js';
import { type AsideStep, type LeadingStep, milestones, milestonesDone, nextStep, otherSteps } from './guide.js';
import { StepForm } from './step-form.js';

/** The way of a truck through its handoff, and the one step that is next; what else is allowed stands below. */
export function Guide({ truck }: { readonly truck: Truck }) {
  const { t, codeText } = useTexts();
  const { visit, handoff } = truck;
  const next = nextStep(visit);
  const others = otherSteps(visit);
  const [chosen, setChosen] = useState<LeadingStep | AsideStep>();
  /** Each step begins with an empty form, which stays while others change the truck: what was entered is not lost. */
  const [stepsDone, setStepsDone] = useState(0);
  const [lastStep, setLastStep] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = chosen !== undefined && visit.allowedSteps.includes(chosen) ? chosen : next;
  const done = milestonesDone(visit);
  return (
    <section className="panel" aria-labelledby="guide">
      <h2 id="guide" ref={heading} tabIndex={-1}>
        {shown ? codeText('step', shown) : <NothingToDo truck={truck} />}
      </h2>
      {/* In the bay the way through the handoff is told part by part instead. */}
      {shown !== 'complete' && done !== undefined && (
        <ol className="milestones">
          {milestones.map((milestone, index) => (
            <li
              key={milestone}
              className={index < done ? 'done' : index === done ? 'now' : ''}
              aria-current={index === done ? 'step' : undefined}
            >
              {index < done && <span aria-hidden="true">✓ </span>}
              {codeText('step', milestone)}
            </li>
          ))}
        </ol>
      )}
      {lastStep !== undefined && <Undo key={stepsDone} truck={truck} step={lastStep} />}
      {handoff?.passBlock !== undefined && (
        <Alert
          type="warning"
          showIcon
          title={`${t('guide.waits_for_pass')} ${codeText('pass_block', handoff.passBlock)}`}
          action={<Link to={`/station/${visit.stationCode}/passes`}>{t('passes.title')}</Link>}
        />
      )}
      {shown && (
        <StepForm
          key={`${shown} ${stepsDone}`}
          step={shown}
          truck={truck}
          onDone={() => {
            setChosen(undefined);
            setStepsDone(stepsDone + 1);
            setLastStep(shown);
            // The button that was tapped is gone: who works by keyboard or ear goes on at what is next.
            heading.current?.focus();
          }}
        />
      )}
      {shown !== next && (
        <Button type="link" onClick={() => setChosen(undefined)}>
          ← {t('guide.back')}
        </Button>
      )}
      {others.length > 0 && (
        <div className="other-steps" role="group" aria-label={t('guide.others')}>
          {others
            .filter((step) => step !== shown)
            .map((step) => (
              <Button key={step} onClick={() => setChosen(step)}>
                {codeText('step', step)}
              </Button>
            ))}
        </div>
      )}
    </section>
  );
}

/** Why no step is next: the truck has left or will not come, or something else has to come first. */
function NothingToDo({ truck: { visit, handoff } }: { readonly truck: Truck }) {
  const { t, codeText } = useTexts();
  if (handoff?.passBlock !== undefined) return t('guide.wait_for_pass');
  if (visit.state === 'cancelled') return codeText('visit_state', visit.state);
  if (visit.state !== 'departed') return t('guide.nothing');
  const left = codeText('visit_state', visit.state);
  return visit.outcome === undefined ? left : `${left} · ${codeText('outcome', visit.outcome)}`;
}
