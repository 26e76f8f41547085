import { badInput, readCertificate, readNamedFile } from '@yizhan/process';
import { Ajv } from 'ajv';
import { noticeLanguages, type NoticeLanguage } from './notice.js';

/** The one variable about notices; `--help` prints this. */
export const noticeVariables = {
  YIZHAN_NOTICES_FILE:
    'file that says over which gateways notices go out and who is on duty, see docs/notices.md (default none: notices are on screens alone)',
} as const;

export type Body = string | number | boolean | null | readonly Body[] | { readonly [key: string]: Body };

/** A service for text messages that takes a POST. In every text of `body` `{to}`, `{text}`, `{id}`, `{template}` and `{values}` are replaced. */
export interface TextGatewaySettings {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default `json`. */
  readonly format?: 'json' | 'form';
  readonly body: Body;
  /** What its answer has where it took the message, besides a status from 200 to 299: such as `{field: 'code', equals: 0}`. */
  readonly accepted?: { readonly field: string; readonly equals: string | number | boolean };
  /** What `{template}` stands for: the code under which the service knows a template of ours. */
  readonly templateCodes?: Readonly<Record<string, string>>;
}

export interface RobotSettings {
  readonly kind: 'wecom' | 'dingtalk';
  readonly url: string;
  /** Of a DingTalk robot whose messages are signed. */
  readonly secret?: string;
  /** Stands before every message: the keyword of a DingTalk robot that wants one. */
  readonly prefix?: string;
}

export interface MailSettings {
  /** `smtps://user:password@host:465` or `smtp://…`, which goes on with TLS where the server has it. */
  readonly server: string;
  readonly from: string;
  /** File in PEM form with the authority that the server's certificate is from, where it is one of your own. */
  readonly certificateFile?: string;
  /** What that file holds. */
  readonly certificate?: string;
}

export const dutySteps = ['opened', 'raised', 'escalated', 'resolved'] as const;
export type DutyStep = (typeof dutySteps)[number];

/** Somebody on duty, a room or a list: who hears of which alerts, and where. */
export interface DutySettings {
  readonly name: string;
  /** All where it is absent. */
  readonly areas?: readonly string[];
  /** Alerts of these stations alone, and of the area as a whole where it is absent. */
  readonly stations?: readonly string[];
  /** Both where it is absent. */
  readonly levels?: readonly ('warn' | 'critical')[];
  /** All where it is absent. */
  readonly hears?: readonly DutyStep[];
  /** Default `zh`. */
  readonly language?: NoticeLanguage;
  readonly texts?: readonly string[];
  readonly mails?: readonly string[];
  /** Names of robots. */
  readonly robots?: readonly string[];
}

/** Over which gateways notices go out, and who is on duty. */
export interface NoticeSettings {
  readonly text?: TextGatewaySettings;
  readonly robots?: Readonly<Record<string, RobotSettings>>;
  readonly mail?: MailSettings;
  readonly duties?: readonly DutySettings[];
  /** What places are called, by the code of an area or station; their codes are told where it is absent. */
  readonly names?: Readonly<Record<string, string>>;
  /** Text messages to drivers and carriers about their trucks; none where it is absent. */
  readonly trucks?: { readonly language?: NoticeLanguage };
}

const text = { type: 'string', minLength: 1, maxLength: 2_000 } as const;
const address = { type: 'string', pattern: '^https?://[^\\s]+$', maxLength: 2_000 } as const;
const name = { type: 'string', pattern: '^[\\p{L}\\p{N}._-]{1,60}$' } as const;
const language = { type: 'string', enum: noticeLanguages } as const;
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });
const oneOf = (values: readonly string[]) => listOf({ type: 'string', enum: values });
const texts = { type: 'object', additionalProperties: text } as const;
const shape = (properties: Readonly<Record<string, object>>, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const isNoticeSettings = new Ajv({ allowUnionTypes: true }).compile<NoticeSettings>(
  shape({
    text: shape(
      {
        url: address,
        headers: texts,
        format: { type: 'string', enum: ['json', 'form'] },
        body: { type: 'object' },
        accepted: shape({ field: text, equals: { type: ['string', 'number', 'boolean'] } }, ['field', 'equals']),
        templateCodes: texts,
      },
      ['url', 'body'],
    ),
    robots: {
      type: 'object',
      propertyNames: name,
      additionalProperties: shape(
        { kind: { type: 'string', enum: ['wecom', 'dingtalk'] }, url: address, secret: text, prefix: text },
        ['kind', 'url'],
      ),
    },
    mail: shape({ server: { type: 'string', pattern: '^smtps?://[^\\s]+$' }, from: text, certificateFile: text }, [
      'server',
      'from',
    ]),
    duties: {
      type: 'array',
      items: shape(
        {
          name,
          areas: listOf(text),
          stations: listOf(text),
          levels: oneOf(['warn', 'critical']),
          hears: oneOf(dutySteps),
          language,
          texts: listOf({ type: 'string', pattern: '^\\+?[0-9][0-9 -]{2,20}$' }),
          mails: listOf({ type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' }),
          robots: listOf(name),
        },
        ['name'],
      ),
    },
    names: texts,
    trucks: shape({ language }),
  }),
);

/** @returns undefined where no file is named. @throws Fault that names what is wrong, without what it holds: there are secrets in it. */
export function readNoticeSettings(file: string | undefined): NoticeSettings | undefined {
  if (file === undefined) return undefined;
  const settings = parsed(readNamedFile(file, 'YIZHAN_NOTICES_FILE'), file);
  const wrong = faultIn(settings);
  if (wrong !== undefined) throw badInput(`${file}: ${wrong}`, 'docs/notices.md shows a whole file.');
  const { mail } = settings;
  if (mail?.certificateFile === undefined) return settings;
  return {
    ...settings,
    mail: { ...mail, certificate: readCertificate(mail.certificateFile, `${file}: mail.certificateFile`) },
  };
}

function parsed(content: string, file: string): NoticeSettings {
  try {
    return JSON.parse(content) as NoticeSettings;
  } catch {
    // The message of the parser may quote a secret.
    throw badInput(`${file} is no JSON`, 'docs/notices.md shows a whole file.');
  }
}

/** What is wrong, in words; undefined where nothing is. */
function faultIn(settings: NoticeSettings): string | undefined {
  if (!isNoticeSettings(settings)) {
    const [error] = isNoticeSettings.errors ?? [];
    const place = error?.instancePath.replaceAll('/', '.').slice(1) || 'the file';
    const extra = (error?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
    return `${place} ${error?.message ?? 'is wrong'}${extra === undefined ? '' : `: ${extra}`}`;
  }
  const { text: gateway, mail, robots = {}, duties = [], trucks } = settings;
  const addresses = [gateway?.url, mail?.server, ...Object.values(robots).map(({ url }) => url)];
  if (addresses.some((each) => each !== undefined && !URL.canParse(each))) return 'an address is no URL';
  if (gateway?.format === 'form' && Object.values(gateway.body as object).some((each) => typeof each === 'object'))
    return 'text.body of a form holds texts alone';
  if (trucks && !gateway) return 'trucks: there is no text gateway to tell them by';
  const names = duties.map((duty) => duty.name);
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined) return `duties: there are two of the name ${twice}`;
  for (const duty of duties) {
    const unknown = duty.robots?.find((each) => !Object.hasOwn(robots, each));
    if (unknown !== undefined) return `duties: ${duty.name} names the robot ${unknown}, which there is not`;
    if (duty.texts && !gateway) return `duties: ${duty.name} has texts, and there is no text gateway`;
    if (duty.mails && !mail) return `duties: ${duty.name} has mails, and there is no mail server`;
  }
  return undefined;
}

/** Names of the gateways, such as `text`, `mail` and `robot/yiwu`. */
export function gatewayNames({ text: gateway, mail, robots = {} }: NoticeSettings): string[] {
  return [
    ...(gateway ? ['text'] : []),
    ...(mail ? ['mail'] : []),
    ...Object.keys(robots).map((robot) => `robot/${robot}`),
  ];
}

/** Where the recipient of a duty is to be found now; undefined for who is not on it any more. */
export function dutyAddress({ duties = [] }: NoticeSettings, recipient: string, gateway: string): string | undefined {
  const [kind, dutyName, number] = recipient.split('/');
  const duty = kind === 'duty' ? duties.find((each) => each.name === dutyName) : undefined;
  const addresses = gateway === 'text' ? duty?.texts : duty?.mails;
  return addresses?.[Number(number) - 1];
}
