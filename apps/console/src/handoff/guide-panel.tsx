import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
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
  /** How often each was taken. Who takes one again begins with an empty form; one that is shown stays, and what was entered in it. */
  const [taken, setTaken] = useState<Readonly<Partial<Record<LeadingStep | AsideStep, number>>>>({});
  const [lastStep, setLastStep] = useState<LeadingStep | AsideStep>();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = chosen !== undefined && visit.allowedSteps.includes(chosen) ? chosen : next;
  const done = milestonesDone(visit);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  }, [shown]);
  const onTaken = (step: LeadingStep | AsideStep): void => {
    // What was opened while the answer was on its way stays open; a choice that is not allowed any more is forgotten.
    setChosen((now) => (now !== step && now === latest.current ? now : undefined));
    setTaken((before) => ({ ...before, [step]: (before[step] ?? 0) + 1 }));
    setLastStep(step);
    // The button that was tapped is gone: who works by keyboard or ear goes on at what is next. Where an event was faster than the answer
    // that is shown already, and something may be entered there.
    if (latest.current === step || document.activeElement === document.body) heading.current?.focus();
  };
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
      {lastStep !== undefined && <Undo key={`${lastStep} ${taken[lastStep]}`} truck={truck} step={lastStep} />}
      {handoff?.passBlock !== undefined && (
        <Alert
          type="warning"
          showIcon
          title={`${t('guide.waits_for_pass')} ${codeText('pass_block', handoff.passBlock)}`}
          action={<Link to={`/station/${visit.stationCode}/passes`}>{t('passes.title')}</Link>}
        />
      )}
      {shown && (
        <StepForm key={`${shown} ${taken[shown] ?? 0}`} step={shown} truck={truck} onDone={() => onTaken(shown)} />
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
