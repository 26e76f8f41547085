import { Alert, Button, Drawer, type InputRef, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { newId } from '../api/new-id.js';
import type { Board } from '../board/use-board.js';
import { later } from '../frame/later.js';
import { Plate } from '../frame/plate.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import type { LoggedStep } from '../offline/logged-step.js';
import { TicketNo } from '../offline/ticket-no.js';
import { useStep, useSteps } from '../offline/use-steps.js';
import { isPlate, usualColour } from './plate.js';
import { PlateField } from './plate-field.js';
import './ticket.css';
import { knownSoon, type TicketRequest, ticketSteps } from './take-ticket.js';

const GateCode = later(async () => (await import('../gate/gate-code.js')).GateCode);

/** Whoever has no mouse taps the keys that are shown: a keyboard of the device would cover them. */
const hasMouse = matchMedia('(pointer: fine)').matches;

interface Given {
  readonly visitId: string;
  readonly plate: string;
  /** Of the place in the queue: until it is done, the number is this device's. */
  readonly queued: LoggedStep | undefined;
}

/** A number for a truck that nobody announced: the plate is enough, the rest comes later. */
export function TicketDrawer({
  station,
  isOpen,
  onClose,
}: {
  readonly station: Board['station'];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t, problem } = useTexts();
  const [plate, setPlate] = useState('');
  const [flow, setFlow] = useState<TicketRequest['flow']>('into_zone');
  const [zoneId, setZoneId] = useState(station.zoneIds[0] ?? '');
  const field = useRef<InputRef>(null);
  const attempt = useRef<TicketRequest>(undefined);
  const [given, setGiven] = useState<Given>();
  const { stationCode } = station;
  const steps = useSteps();
  const [isLookingUp, setLookingUp] = useState(false);
  const take = useStep({ visitId: '', plate, stationCode }, ({ steps: logged }) => {
    const [announced, queued] = logged;
    if (announced) setGiven({ visitId: announced.about.visitId, plate: announced.about.plate, queued });
    setPlate('');
    attempt.current = undefined;
  });
  const undo = useStep({ visitId: given?.visitId ?? '', plate: given?.plate ?? '', stationCode }, () =>
    setGiven(undefined),
  );
  // Tapped again after an answer was lost, it is the same truck and the same number.
  const asked = (): TicketRequest => {
    const before = attempt.current;
    const isSame = before?.plate === plate && before.flow === flow && before.zoneId === zoneId;
    const expectedAt = new Date(serverNow()).toISOString();
    const now = isSame ? before : { visitId: newId(), stationCode, zoneId, flow, plate, expectedAt };
    attempt.current = now;
    return now;
  };
  const send = async (): Promise<void> => {
    const request = asked();
    setLookingUp(true);
    const known = await knownSoon(plate);
    setLookingUp(false);
    take.mutate(ticketSteps(request, known));
  };
  const isReady = isPlate(plate) && zoneId !== '';
  const isBusy = isLookingUp || take.isPending;
  const queued = steps.find(({ requestId }) => requestId === given?.queued?.requestId) ?? given?.queued;
  const failure = take.error ?? undo.error;
  return (
    <Drawer
      title={t('ticket.title')}
      open={isOpen}
      onClose={onClose}
      afterOpenChange={(isThere) => {
        if (isThere && hasMouse) field.current?.focus();
      }}
      size={520}
      footer={
        <Button
          block
          type="primary"
          size="large"
          className="big-button"
          disabled={!isReady}
          loading={isBusy}
          onClick={() => void send()}
        >
          {t('ticket.take')}
        </Button>
      }
    >
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {given && (
        <div className="ticket-given" role="status">
          <Plate plate={given.plate} colour={usualColour(given.plate)} />
          <p className="ticket-number">{queued && <TicketNo queued={queued} />}</p>
          <div className="ticket-acts">
            <Link to={`/truck/${given.visitId}`} onClick={onClose}>
              {t('ticket.to_truck')}
            </Link>
            <Button
              danger
              loading={undo.isPending}
              onClick={() =>
                undo.mutate([{ kind: 'cancellation', id: given.visitId, body: { reason: 'entered_by_mistake' } }])
              }
            >
              {t('ticket.undo')}
            </Button>
            {queued?.state === 'done' && <GateCode key={given.visitId} visitId={given.visitId} plate={given.plate} />}
          </div>
        </div>
      )}
      <Segmented
        block
        size="large"
        aria-label={t('ticket.flow')}
        value={flow}
        onChange={setFlow}
        options={[
          { value: 'into_zone', label: t('flow.into_zone') },
          { value: 'out_of_zone', label: t('flow.out_of_zone') },
        ]}
      />
      {station.zoneIds.length > 1 && (
        <Choices
          label={t('ticket.zone')}
          value={zoneId}
          onChange={setZoneId}
          options={station.zoneIds.map((value) => ({ value, label: value }))}
        />
      )}
      <PlateField
        value={plate}
        onChange={setPlate}
        fieldRef={field}
        onEnter={() => {
          if (isReady && !isBusy) void send();
        }}
      />
    </Drawer>
  );
}
