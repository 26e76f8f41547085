import { channelOf, type NoticeGatewayResponse } from '@yizhan/notices';

/** The gateways that are configured, without where they lead. */
export class NoticeGateways {
  constructor(private readonly names: readonly string[]) {}

  list(): readonly NoticeGatewayResponse[] {
    return this.names.map((gateway) => ({ gateway, channel: channelOf(gateway) }));
  }
}
