import { Alert, Button, Form, Input } from 'antd';
import { Link } from 'react-router';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import { Name } from '../names/name.js';
import type { AmendmentRequest } from './use-passes.js';

interface Entered {
  readonly countyCode?: string;
  readonly route?: string;
}

/** An assignment whose driver no pass covers; who may grant it says where a first pass is numbered and what it is for. */
export function AmendmentCard({
  request,
  mayGrant,
}: {
  readonly request: AmendmentRequest;
  readonly mayGrant: boolean;
}) {
  const { t, problem, codeText, timeOf } = useTexts();
  const { handoffId, visitId, plate, driverId, stationCode, passBlock, passId, plannedStartAt } = request;
  const grant = useChange((body: Entered, headers) =>
    yizhan.passes.grantAmendment({ path: { handoffId }, headers, body }),
  );
  const isFirst = passId === undefined;
  return (
    <div className="pass">
      <Link to={`/truck/${visitId}`}>
        <PlateOf plate={plate} />
      </Link>
      <strong>
        <Name kind="driver" id={driverId} />
      </strong>
      <span className="badge badge-held">! {codeText('pass_block', passBlock)}</span>
      <small>
        <Name kind="station" id={stationCode} /> · {t('passes.planned', { time: timeOf(plannedStartAt) })}
      </small>
      {grant.error && <Alert role="alert" type="error" showIcon title={problem(grant.error)} />}
      {mayGrant && (
        <Form<Entered> layout="inline" className="pass-form" onFinish={(entered) => grant.mutate(entered)}>
          {isFirst && (
            <>
              <Form.Item
                name="countyCode"
                label={t('passes.county')}
                rules={[{ required: true, pattern: /^\d{6}$/, message: t('passes.county_rule') }]}
              >
                <Input inputMode="numeric" maxLength={6} />
              </Form.Item>
              <Form.Item
                name="route"
                label={t('passes.route')}
                rules={[{ required: true, message: t('sign_in.needed') }]}
              >
                <Input />
              </Form.Item>
            </>
          )}
          <Button type="primary" htmlType="submit" loading={grant.isPending}>
            {isFirst ? t('passes.issue') : t('passes.add', { driver: driverId })}
          </Button>
        </Form>
      )}
    </div>
  );
}
