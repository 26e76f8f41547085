import { makeCertificate } from '../../../../test/support/certificate.js';
import { MailSink } from '../../../../test/support/mail-sink.js';
import type { MailSettings } from '../notice-settings.js';
import { MailGateway } from './mail-gateway.js';
import type { Message } from './notice-gateway.js';

const message: Message = {
  noticeId: '01969c3e-0000-7000-8000-000000000000',
  to: 'duty@example.org',
  text: '严重：义乌 站点停用而有车，12辆（阈值10辆）。始于03-02 10:00。',
  template: 'alert_opened',
  values: {},
  language: 'zh',
};
const sinks: MailSink[] = [];
const gateways: MailGateway[] = [];

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close();
  for (const sink of sinks.splice(0)) await sink.close();
});

async function open(options: Parameters<typeof MailSink.open>[0] = {}): Promise<MailSink> {
  const sink = await MailSink.open(options);
  sinks.push(sink);
  return sink;
}

function gatewayTo(server: string, others: Partial<MailSettings> = {}): MailGateway {
  const gateway = new MailGateway({ server, from: 'Yizhan <yizhan@example.org>', ...others });
  gateways.push(gateway);
  return gateway;
}

it('sends an e-mail that says what it says, with the same id in every attempt', async () => {
  const sink = await open();
  const gateway = gatewayTo(`smtp://127.0.0.1:${sink.port}`);
  expect([await gateway.send(message), await gateway.send(message)]).toEqual([{}, {}]);
  const [mail, again] = sink.mails;
  expect([mail.from, mail.to]).toEqual(['yizhan@example.org', ['duty@example.org']]);
  expect(mail.source).toContain(`Message-ID: <${message.noticeId}@yizhan>`);
  expect(again.source).toContain(`Message-ID: <${message.noticeId}@yizhan>`);
  expect(mail.source).toContain('Auto-Submitted: auto-generated');
  const [, body = ''] = mail.source.split('\r\n\r\n');
  expect(Buffer.from(body, 'base64').toString()).toBe(message.text);
});

it('goes on with TLS where the server has it, and trusts no certificate of nobody', async () => {
  const { certificate, key } = makeCertificate('localhost');
  const sink = await open({ key, cert: certificate });
  const server = `smtp://localhost:${sink.port}`;
  expect(await gatewayTo(server, { certificate }).send(message)).toEqual({});
  expect(sink.mails.map(({ isEncrypted }) => isEncrypted)).toEqual([true]);
  expect((await gatewayTo(server).send(message)).failure?.code).toBe('certificate_self_signed');
  expect(sink.mails).toHaveLength(1);
});

it('logs in, and says where it may not, without the password', async () => {
  const { certificate, key } = makeCertificate('localhost');
  const sink = await open({
    key,
    cert: certificate,
    authOptional: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('no')),
  });
  const at = (password: string) => gatewayTo(`smtp://yizhan:${password}@localhost:${sink.port}`, { certificate });
  expect(await at('right').send(message)).toEqual({});
  const { failure } = await at('wrong-secret').send(message);
  expect(failure).toEqual({ code: 'login_refused', words: 'the server refused the login: 535' });
});

it.each([
  [450, false],
  [550, true],
])('a recipient who is refused with %d is tried again or not, and nowhere named', async (responseCode, isFinal) => {
  const sink = await open({
    onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(`${address} is none`), { responseCode })),
  });
  const outcome = await gatewayTo(`smtp://127.0.0.1:${sink.port}`).send(message);
  expect(outcome.failure).toEqual({
    code: 'recipient_refused',
    words: `the server refused the recipient or sender: ${responseCode}`,
  });
  expect(outcome.isFinal).toBe(isFinal);
});

it('says why nobody answers', async () => {
  const sink = await open();
  const { port } = sink;
  await sink.close();
  sinks.length = 0;
  expect((await gatewayTo(`smtp://127.0.0.1:${port}`).send(message)).failure?.code).toBe('connection_refused');
});
