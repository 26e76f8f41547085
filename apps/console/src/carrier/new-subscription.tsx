import { Alert, Button, Form, Input } from 'antd';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { typesIn } from './types-in.js';
import { useCarrierChange } from './use-carrier.js';

export interface Made {
  readonly subscriptionId: string;
  readonly secret: string | null;
}

interface Entered {
  readonly url: string;
  readonly description?: string;
  readonly types?: string;
}

/** What a new subscription is made of; the endpoint proves itself afterwards. */
export function NewSubscription({
  isOrdered,
  onMade,
}: {
  readonly isOrdered: boolean;
  readonly onMade: (made: Made) => void;
}) {
  const { t, problem } = useTexts();
  const create = useCarrierChange(
    (body: Parameters<typeof yizhan.subscriptions.create>[0]['body'], headers) =>
      yizhan.subscriptions.create({ headers, body }),
    onMade,
  );
  const submit = ({ url, description = '', types = '' }: Entered): void => {
    const wanted = typesIn(types);
    create.mutate({
      url: url.trim(),
      ordered: isOrdered,
      ...(description.trim() !== '' && { description: description.trim() }),
      ...(wanted.length > 0 && { filter: { types: wanted } }),
    });
  };
  return (
    <Form<Entered> layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      <Form.Item name="url" label={t('subscription.url')} rules={[{ required: true, message: t('sign_in.needed') }]}>
        <Input type="url" inputMode="url" placeholder="https://hooks.example.com/yizhan" />
      </Form.Item>
      <Form.Item name="description" label={t('subscription.description')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="types" label={t('subscription.types')}>
        <Input placeholder="yizhan.visit.*, yizhan.handoff.*" />
      </Form.Item>
      {create.error && (
        <Form.Item>
          <Alert role="alert" type="error" showIcon title={problem(create.error)} />
        </Form.Item>
      )}
      <Button block type="primary" htmlType="submit" className="big-button" loading={create.isPending}>
        {t('subscription.create')}
      </Button>
    </Form>
  );
}
