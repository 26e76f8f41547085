import { Input, Select } from 'antd';
import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { keyed, yizhan } from '../../api/yizhan.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { usualColour } from '../../ticket/plate.js';
import { usualLicence } from '../../ticket/take-ticket.js';
import { Choices, Field, Step, type StepProps } from './step-props.js';

const colours = ['yellow', 'blue', 'green', 'yellow_green'] as const;
const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const;

interface Arrival {
  readonly phone: string;
  readonly driverId: string | undefined;
  readonly plateColour: (typeof colours)[number];
  readonly licenceRequired: (typeof licences)[number];
}

/** In through the gate: who brings it, by a phone number or as somebody who is known. */
export function ArriveStep({ truck: { visit, truck }, onDone }: StepProps) {
  const { t, codeText } = useTexts();
  const board = useBoard(visit.stationCode);
  const brings = truck?.custodian?.kind === 'driver' ? truck.custodian.id : undefined;
  const [driverId, setDriver] = useState(brings);
  const [phone, setPhone] = useState('');
  const [plateColour, setColour] = useState<Arrival['plateColour']>(truck?.plateColour ?? usualColour(visit.plate));
  const [licenceRequired, setLicence] = useState<Arrival['licenceRequired']>(truck?.licenceRequired ?? usualLicence);
  const { visitId, stationCode, zoneId, flow, plate, carrierId, consignments, priority, dueAt } = visit;

  const run = useChange(async (arrival: Arrival, headers) => {
    const key = headers['Idempotency-Key'];
    const taken =
      arrival.driverId === undefined
        ? await yizhan.intakes.takeIn({
            headers: keyed(`${key}/intake`),
            body: { stationCode, plate, phone: arrival.phone, ...(carrierId !== undefined && { carrierId }) },
          })
        : { driverId: arrival.driverId, carrierId };
    const carrier = carrierId ?? taken.carrierId ?? truck?.carrierId;
    return yizhan.visits.arrive({
      headers: keyed(`${key}/arrive`),
      body: {
        visitId,
        stationCode,
        zoneId,
        flow,
        priority,
        consignments,
        truck: { plate, plateColour: arrival.plateColour, licenceRequired: arrival.licenceRequired },
        driverId: taken.driverId,
        ...(carrier !== undefined && { carrierId: carrier }),
        ...(dueAt !== undefined && { dueAt }),
      },
    });
  }, onDone);

  const here = (board.data?.outsideDrivers ?? []).filter(
    ({ holdsPlate }) => holdsPlate === undefined || holdsPlate === plate,
  );
  const known = [...new Set([...(brings === undefined ? [] : [brings]), ...here.map((driver) => driver.driverId)])];
  return (
    <Step
      error={run.error ?? board.error}
      isBusy={run.isPending}
      isReady={driverId !== undefined || phone.trim().length >= 8}
      label={t('arrive.submit')}
      onSubmit={() => run.mutate({ phone: phone.trim(), driverId, plateColour, licenceRequired })}
    >
      <div className="fields">
        <Field label={t('arrive.phone')} htmlFor="arrive-phone">
          <Input
            id="arrive-phone"
            size="large"
            inputMode="tel"
            autoComplete="off"
            value={phone}
            onChange={({ target }) => {
              setPhone(target.value);
              setDriver(undefined);
            }}
          />
        </Field>
        {known.length > 0 && (
          <Field label={t('arrive.known')} htmlFor="arrive-driver">
            <Select
              id="arrive-driver"
              size="large"
              showSearch
              allowClear
              value={driverId}
              onChange={(value: string | undefined) => setDriver(value)}
              options={known.map((value) => ({ value, label: value }))}
            />
          </Field>
        )}
      </div>
      <Choices
        label={t('arrive.colour')}
        value={plateColour}
        onChange={setColour}
        options={colours.map((value) => ({ value, label: codeText('colour', value) }))}
      />
      <Choices
        label={t('arrive.licence')}
        value={licenceRequired}
        onChange={setLicence}
        options={licences.map((value) => ({ value, label: value }))}
      />
    </Step>
  );
}
