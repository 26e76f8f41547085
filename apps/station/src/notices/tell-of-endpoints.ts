import type { Clock } from '@yizhan/kernel';
import {
  type NewNotice,
  type NoticeBook,
  type NoticeSettings,
  noticeTemplate,
  type NoticeTemplate,
} from '@yizhan/notices';
import type { Database } from '@yizhan/persistence';
import { localTime } from './truck-notices.js';

const lookEvery = 30_000;

interface DisabledRow {
  readonly subscription_id: string;
  readonly carrier_id: string;
  readonly reason: 'gone' | 'failing';
  readonly disabled_at: number;
}

const templates = { gone: 'endpoint_gone', failing: 'endpoint_failing' } as const satisfies Record<
  string,
  NoticeTemplate
>;

/**
 * Tells a carrier that nothing is sent to an endpoint of its any more. Dispatch shows which they are, and has nobody's phone; what was
 * told already is known by the row of its cause, so that no place has to be kept.
 */
export class TellOfEndpoints {
  #nextLookAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: NoticeBook,
    private readonly settings: NoticeSettings['trucks'],
  ) {}

  /** @returns how many endpoints are disabled whose carriers are told, the first time or not. */
  async fireDue(): Promise<number> {
    const now = this.clock.now();
    if (this.settings === undefined || now < this.#nextLookAt) return 0;
    this.#nextLookAt = now + lookEvery;
    const [{ there }] = await this.database.rows<{ there: boolean }>(isThere);
    // A station may be there before what dispatch shows it.
    if (!there) return 0;
    const rows = await this.database.rows<DisabledRow>(readDisabled);
    const notices = rows.flatMap((row) => this.#noticeOf(row, now));
    if (notices.length > 0) await this.database.transaction((tx) => this.book.write(tx, notices));
    return notices.length;
  }

  #noticeOf({ subscription_id, carrier_id, reason, disabled_at }: DisabledRow, now: number): NewNotice[] {
    const template = templates[reason];
    const expiresAt = disabled_at + noticeTemplate(template).usefulForSeconds * 1_000;
    if (expiresAt <= now) return [];
    return [
      {
        cause: `subscription/${subscription_id}/disabled/${disabled_at}`,
        about: `subscription/${subscription_id}`,
        // Of no area: an endpoint hears of all of its carrier's.
        areaCode: '',
        stationCode: '',
        template,
        values: { since: localTime(disabled_at) },
        recipient: `carrier:${carrier_id}`,
        gateway: 'text',
        language: this.settings?.language ?? 'zh',
        dueAt: now,
        expiresAt,
      },
    ];
  }
}

const isThere = `
  SELECT EXISTS (SELECT FROM pg_views WHERE schemaname = 'dispatch' AND viewname = 'disabled_endpoints') AS there`;

/** Those of carriers of which a phone is known: nobody else is written to. */
const readDisabled = `
  SELECT e.subscription_id, e.carrier_id, e.reason, e.disabled_at FROM dispatch.disabled_endpoints e
  WHERE EXISTS (SELECT FROM station.personal_data p WHERE p.field = 'phone' AND p.person_id = 'carrier:' || e.carrier_id)`;
