import { Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { newId } from '../../api/new-id.js';
import { useBoard } from '../../board/use-board.js';
import { later } from '../../frame/later.js';
import type { DriverStatement } from '../../gate/driver-says.js';
import { useTexts } from '../../i18n/use-texts.js';
import { idToCome, isToCome } from '../../offline/logged-step.js';
import { stationHere } from '../../offline/station-in.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { usualColour } from '../../ticket/plate.js';
import { licences, usualLicence } from '../../ticket/take-ticket.js';
import { Choices, Field, Step, type StepProps } from './step-props.js';

const DriverSays = later(async () => (await import('../../gate/driver-says.js')).DriverSays);

const colours = ['yellow', 'blue', 'green', 'yellow_green'] as const;

interface Arrival {
  readonly phone: string;
  readonly driverId: string | undefined;
  readonly plateColour: (typeof colours)[number];
  readonly licenceRequired: (typeof licences)[number];
}

/** In through the gate: who brings it, by a phone number or as somebody who is known. */
export function ArriveStep({ truck: { visit, truck }, onDone }: StepProps) {
  const { t, codeText } = useTexts();
  // One that was moved may have come to where it was announced before.
  const places = [visit.stationCode, ...(visit.movedFrom ?? [])];
  const [stationCode, setStation] = useState(() => stationHere(visit));
  const board = useBoard(stationCode);
  const brings = truck?.custodian?.kind === 'driver' && !isToCome(truck.custodian.id) ? truck.custodian.id : undefined;
  const [driverId, setDriver] = useState(brings);
  const [phone, setPhone] = useState('');
  const [said, setSaid] = useState<DriverStatement>();
  const [plateColour, setColour] = useState<Arrival['plateColour']>(truck?.plateColour ?? usualColour(visit.plate));
  const [licenceRequired, setLicence] = useState<Arrival['licenceRequired']>(truck?.licenceRequired ?? usualLicence);
  const { visitId, zoneId, flow, plate, consignments, priority, dueAt } = visit;
  // One that an earlier try was to make is none.
  const carrierId = isToCome(visit.carrierId) ? undefined : visit.carrierId;

  const run = useStep(aboutOf({ ...visit, stationCode }), onDone);
  const intakes = useRef(new Map<string, string>());
  /** Whoever is taken in has no id until the service gives him one. */
  const keyOfIntake = (ofPhone: string): string => {
    const key = intakes.current.get(ofPhone) ?? newId();
    intakes.current.set(ofPhone, key);
    return key;
  };
  const send = (arrival: Arrival): void => {
    const isNew = arrival.driverId === undefined;
    const key = keyOfIntake(arrival.phone);
    const carrier = carrierId ?? (isNew ? idToCome('carrier', key) : truck?.carrierId);
    // What was said with another number is of somebody else.
    const { name, carrierName } = said?.phone === arrival.phone ? said : {};
    const intake = {
      stationCode,
      plate,
      phone: arrival.phone,
      ...(carrierId !== undefined && { carrierId }),
      ...(name !== undefined && { name }),
      ...(carrierName !== undefined && { carrierName }),
    };
    const body = {
      visitId,
      stationCode,
      zoneId,
      flow,
      priority,
      consignments,
      truck: { plate, plateColour: arrival.plateColour, licenceRequired: arrival.licenceRequired },
      driverId: arrival.driverId ?? idToCome('driver', key),
      ...(carrier !== undefined && { carrierId: carrier }),
      ...(dueAt !== undefined && { dueAt }),
    };
    run.mutate([...(isNew ? [{ kind: 'intake', body: intake, key } as const] : []), { kind: 'arrival', body }]);
  };

  const here = (board.data?.outsideDrivers ?? []).filter(
    ({ holdsPlate }) => holdsPlate === undefined || holdsPlate === plate,
  );
  const known = [...new Set([...(brings === undefined ? [] : [brings]), ...here.map((driver) => driver.driverId)])];
  return (
    <Step
      error={run.error ?? (board.data ? undefined : board.error)}
      isBusy={run.isPending}
      isReady={driverId !== undefined || phone.trim().length >= 8}
      label={t('arrive.submit')}
      onSubmit={() => send({ phone: phone.trim(), driverId, plateColour, licenceRequired })}
    >
      {places.length > 1 && (
        <Choices
          label={t('arrive.where')}
          value={stationCode}
          onChange={setStation}
          options={places.map((value) => ({ value, label: value }))}
        />
      )}
      <DriverSays
        visitId={visitId}
        plate={plate}
        onTake={(statement) => {
          setSaid(statement);
          setPhone(statement.phone);
          setDriver(undefined);
        }}
      />
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
