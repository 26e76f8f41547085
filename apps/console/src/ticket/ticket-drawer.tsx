import { Alert, Button, Drawer, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { newId } from '../api/new-id.js';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import type { Board } from '../board/use-board.js';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import { isPlate, usualColour } from './plate.js';
import { PlateField } from './plate-field.js';
import './ticket.css';
import { takeTicket, type TicketRequest } from './take-ticket.js';

interface Given {
  readonly visitId: string;
  readonly plate: string;
  readonly ticketNo: string;
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
  const attempt = useRef<TicketRequest>(undefined);
  const [given, setGiven] = useState<Given>();
  const take = useChange(
    (request: TicketRequest, headers) => takeTicket(request, headers['Idempotency-Key']),
    (ticketNo, request) => {
      setGiven({ visitId: request.visitId, plate: request.plate, ticketNo });
      setPlate('');
      attempt.current = undefined;
    },
  );
  const undo = useChange(
    ({ visitId: taken }: { readonly visitId: string }, headers) =>
      yizhan.visits.cancel({ path: { visitId: taken }, headers, body: { reason: 'entered_by_mistake' } }),
    () => setGiven(undefined),
  );
  // Tapped again after an answer was lost, it is the same truck and the same number.
  const asked = (): TicketRequest => {
    const { stationCode } = station;
    const before = attempt.current;
    const isSame = before?.plate === plate && before.flow === flow && before.zoneId === zoneId;
    const expectedAt = new Date(serverNow()).toISOString();
    const now = isSame ? before : { visitId: newId(), stationCode, zoneId, flow, plate, expectedAt };
    attempt.current = now;
    return now;
  };
  const failure = take.error ?? undo.error;
  return (
    <Drawer
      title={t('ticket.title')}
      open={isOpen}
      onClose={onClose}
      size={520}
      footer={
        <Button
          block
          type="primary"
          size="large"
          className="big-button"
          disabled={!isPlate(plate) || zoneId === ''}
          loading={take.isPending}
          onClick={() => take.mutate(asked())}
        >
          {t('ticket.take')}
        </Button>
      }
    >
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {given && (
        <div className="ticket-given" role="status">
          <Plate plate={given.plate} colour={usualColour(given.plate)} isLarge />
          <p className="ticket-number">{given.ticketNo}</p>
          <p>
            <Link to={`/truck/${given.visitId}`} onClick={onClose}>
              {t('ticket.to_truck')}
            </Link>{' '}
            <Button danger loading={undo.isPending} onClick={() => undo.mutate({ visitId: given.visitId })}>
              {t('ticket.undo')}
            </Button>
          </p>
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
        <Select
          size="large"
          aria-label={t('ticket.zone')}
          value={zoneId}
          onChange={setZoneId}
          options={station.zoneIds.map((value) => ({ value, label: value }))}
        />
      )}
      <PlateField value={plate} onChange={setPlate} />
    </Drawer>
  );
}
