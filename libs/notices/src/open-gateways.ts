import type { Clock } from '@yizhan/kernel';
import { MailGateway } from './gateways/mail-gateway.js';
import type { NoticeGateway } from './gateways/notice-gateway.js';
import { RobotGateway } from './gateways/robot-gateway.js';
import { TextGateway } from './gateways/text-gateway.js';
import type { NoticeSettings } from './notice-settings.js';

/** Every gateway that is configured, by its name. */
export function openGateways(
  { text, mail, robots = {} }: NoticeSettings,
  clock: Clock,
): ReadonlyMap<string, NoticeGateway> {
  return new Map<string, NoticeGateway>([
    ...(text ? [['text', new TextGateway(text, clock)] as const] : []),
    ...(mail ? [['mail', new MailGateway(mail)] as const] : []),
    ...Object.entries(robots).map(([name, robot]) => [`robot/${name}`, new RobotGateway(robot, clock)] as const),
  ]);
}
