import { Alert, Button, Form, Input } from 'antd';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { type Entered, enteredOf, filterLists } from './subscription-fields.js';
import type { Subscription } from './use-carrier.js';

const orders = ['as_it_comes', 'per_truck'] as const;
const [types, ...lesserLists] = filterLists;

/** What a subscription is made of, empty or as one stands; what few want is behind one tap. */
export function SubscriptionForm({
  subscription,
  error,
  isBusy,
  label,
  onSubmit,
}: {
  readonly subscription?: Subscription;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly label: string;
  readonly onSubmit: (entered: Entered) => void;
}) {
  const { t, problem, codeText } = useTexts();
  const [form] = Form.useForm<Entered>();
  const order = Form.useWatch('order', form);
  const asItStands = subscription ? enteredOf(subscription) : { order: orders[0] };
  const headerNames = subscription?.headerNames ?? [];
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={asItStands}
      onFinish={onSubmit}
    >
      <Form.Item name="order" hidden>
        <Input />
      </Form.Item>
      <Choices
        label={t('subscription.order')}
        value={order}
        onChange={(value) => form.setFieldValue('order', value)}
        options={orders.map((value) => ({
          value,
          label: value === 'per_truck' ? t('subscription.per_truck') : t('subscription.as_it_comes'),
        }))}
      />
      <Form.Item
        name="url"
        label={t('subscription.url')}
        rules={[{ required: true, message: t('sign_in.needed') }]}
        extra={subscription && t('subscription.moves')}
      >
        <Input type="url" inputMode="url" placeholder="https://hooks.example.com/yizhan" />
      </Form.Item>
      <Form.Item name="description" label={t('subscription.description')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={types} label={codeText('filter_list', types)}>
        <Input placeholder="yizhan.visit.*, yizhan.handoff.*" />
      </Form.Item>
      <details open={subscription !== undefined}>
        <summary>{t('subscription.more')}</summary>
        {lesserLists.map((name) => (
          <Form.Item key={name} name={name} label={codeText('filter_list', name)}>
            <Input autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item name="perSecond" label={t('subscription.rate')}>
          <Input type="number" inputMode="numeric" min={1} max={1_000} />
        </Form.Item>
        <Form.Item
          name="headers"
          label={t('subscription.headers')}
          extra={headerNames.length > 0 && t('subscription.headers_kept', { names: headerNames.join(', ') })}
        >
          <Input.TextArea autoComplete="off" rows={2} placeholder="x-tenant: …" />
        </Form.Item>
      </details>
      {error !== null && error !== undefined && (
        <Form.Item>
          <Alert role="alert" type="error" showIcon title={problem(error)} />
        </Form.Item>
      )}
      <Button block type="primary" htmlType="submit" className="big-button" loading={isBusy}>
        {label}
      </Button>
    </Form>
  );
}
