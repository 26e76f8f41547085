import { Alert } from 'antd';
import { useState } from 'react';
import { useBoard } from '../../board/use-board.js';
import { later } from '../../frame/later.js';
import { useTexts } from '../../i18n/use-texts.js';
import { serverNow } from '../../live/use-now.js';
import { ChooseByHand } from '../../offline/choose-by-hand.js';
import { driversByHand } from '../../offline/drivers-by-hand.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { driverRule } from '../../overrides/overrides.js';
import { plateText } from '../../ticket/plate.js';
import { type Candidate, type Candidates, useCandidates } from '../use-candidates.js';
import { Choices, Step, type StepProps } from './step-props.js';

const OverrideDriver = later(async () => (await import('../../overrides/override-driver.js')).OverrideDriver);

/** By hand: who may take it, the best for all waiting trucks first, and what each choice does to the others. */
export function AssignStep({ truck: { visit, handoff, truck }, onDone }: StepProps) {
  const { t } = useTexts();
  const handoffId = handoff?.handoffId ?? '';
  const { data, error } = useCandidates(handoffId);
  const [chosen, setDriver] = useState<string>();
  const board = useBoard(visit.stationCode).data;
  const run = useStep(aboutOf(visit), onDone);
  const asked = run.variables?.flatMap((each) => (each.kind === 'assignment' ? [each.body.driverId] : []))[0];
  const isAsked = board?.overrideRequests.some((each) => each.handoffId === handoffId) ?? false;
  const rival = run.error && board?.visits.find((each) => each.driverId === asked && each.visitId !== visit.visitId);
  // Nobody can rank them while the service is away; what the board has said of them is known.
  const row = board?.visits.find((each) => each.visitId === visit.visitId);
  const licenceRequired = truck?.licenceRequired ?? row?.licenceRequired;
  const needs = { ...visit, licenceRequired, returnDriverIds: row?.returnDriverIds };
  const unranked = data === undefined && error && board ? driversByHand(board, needs, serverNow()) : [];
  const candidates = data?.candidates ?? [];
  const driverId = chosen ?? candidates.find(({ isPlanned }) => isPlanned)?.driverId;
  const suggestion = handoff?.suggestions.find((each) => each.driverId === driverId);
  return (
    <Step
      error={run.error ?? (unranked.length > 0 ? undefined : error)}
      isBusy={run.isPending}
      isReady={driverId !== undefined}
      label={driverId === undefined ? t('step.assign') : t('assign.submit', { driver: driverId })}
      onSubmit={() => {
        if (driverId === undefined) return;
        const body = { driverId, ...(suggestion && { decisionId: suggestion.decisionId }) };
        run.mutate([{ kind: 'assignment', id: handoffId, body }]);
      }}
    >
      {candidates.length > 0 && (
        <>
          <p>{t('assign.explain')}</p>
          <Choices
            label={t('assign.driver')}
            value={driverId}
            onChange={setDriver}
            options={candidates.map((candidate) => ({
              value: candidate.driverId,
              label: <CandidateLabel candidate={candidate} />,
            }))}
          />
        </>
      )}
      {rival && (
        <Alert
          type="warning"
          showIcon
          title={t('offline.driver_has', { driver: asked ?? '', plate: plateText(rival.plate) })}
        />
      )}
      {unranked.length > 0 && <ChooseByHand drivers={unranked} value={driverId} onChange={setDriver} />}
      {data && candidates.length === 0 && <p>{t('assign.nobody')}</p>}
      {data && data.blockedCount > 0 && (
        <BlockedDrivers found={data} {...{ handoffId, isAsked, stationCode: visit.stationCode, onDone }} />
      )}
    </Step>
  );
}

function CandidateLabel({ candidate: { driverId, isPlanned, parts, effect } }: { readonly candidate: Candidate }) {
  const { t } = useTexts();
  const minutes = Math.ceil(parts.delaySeconds / 60);
  const told = [
    minutes === 0 ? t('assign.at_once') : t('assign.delay', { minutes }),
    parts.travelMinutes > 0 && t('assign.travel', { minutes: parts.travelMinutes }),
    isPlanned && t('assign.planned'),
    !isPlanned && effect.unserved.length + effect.unkept.length + effect.moved.length === 0 && t('assign.harmless'),
    effect.unserved.length > 0 && t('assign.unserved', { count: effect.unserved.length }),
    effect.unkept.length > 0 && t('assign.unkept', { count: effect.unkept.length }),
    effect.moved.length > 0 && t('assign.moved', { count: effect.moved.length }),
  ];
  return (
    <>
      {driverId}
      <br />
      <small>{told.filter((part) => part !== false).join(' · ')}</small>
    </>
  );
}

function BlockedDrivers({
  found: { blocked, blockedCount },
  handoffId,
  isAsked,
  stationCode,
  onDone,
}: {
  readonly found: Candidates;
  readonly handoffId: string;
  /** An override is asked for: how that stands is seen at once. */
  readonly isAsked: boolean;
  readonly stationCode: string;
  readonly onDone: () => void;
}) {
  const { t, codeText, timeOf } = useTexts();
  const whyNot = blocked.map(({ driverId, blocks }) => ({
    driverId,
    // Whom two rules keep away is not helped by an override of one.
    rule: blocks.length === 1 ? driverRule(blocks[0]?.overridable) : undefined,
    text: blocks
      .map((block) =>
        block.until === undefined
          ? codeText('rule', block.rule)
          : `${codeText('rule', block.rule)} (${t('why_not.until', { time: timeOf(block.until) })})`,
      )
      .join(' · '),
  }));
  const helped = whyNot.filter(({ rule }) => rule !== undefined);
  // Of many whom the same rule keeps away, the rule is what is read.
  const others = new Map<string, string[]>();
  for (const { driverId, rule, text } of whyNot)
    if (rule === undefined) others.set(text, [...(others.get(text) ?? []), driverId]);
  return (
    <details open={isAsked || undefined}>
      <summary>{t('assign.blocked', { count: blockedCount })}</summary>
      <ul className="reasons">
        {helped.map(({ driverId, rule, text }) => (
          <li key={driverId}>
            {driverId} · {text} {rule && <OverrideDriver {...{ handoffId, stationCode, driverId, rule, onDone }} />}
          </li>
        ))}
        {[...others].map(([text, drivers]) => (
          <li key={text}>
            {text}: {drivers.join(', ')}
          </li>
        ))}
        {blockedCount > blocked.length && <li>{t('assign.more_blocked', { count: blockedCount - blocked.length })}</li>}
      </ul>
    </details>
  );
}
