import { Injectable } from '@nestjs/common';
import { LogReader } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { AreaPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { byType } from '../scheduler.consumes.js';

/** The picture that answers a question, where this process has it: each area is watched by one. */
@Injectable()
export class WatchedPicture {
  constructor(
    private readonly areas: WatchedAreas,
    private readonly reader: LogReader,
  ) {}

  /** @throws Problem `unavailable` where another process watches the area: whoever asks is led to the next one. */
  of(areaCode: string): AreaPicture {
    const picture = this.areas.picture(areaCode);
    if (picture) return picture;
    const message = `this process does not decide for area ${areaCode}; ask again`;
    throw new Problem('unavailable', 'SCHEDULER.AREA_ELSEWHERE', message, { areaCode, retryAfterSeconds: 1 });
  }

  /**
   * As `of`, for an area that somebody names. @throws Problem `not_found` where nothing of it concerns the scheduler: no process
   * ever watches it.
   */
  async ofArea(areaCode: string): Promise<AreaPicture> {
    const picture = this.areas.picture(areaCode);
    if (picture) return picture;
    if (await this.reader.hasOfKey(areaCode, [...byType.keys()])) return this.of(areaCode);
    const message = `nothing is recorded of an area ${areaCode} that is decided on`;
    throw new Problem('not_found', 'AREA.NOT_FOUND', message, { areaCode });
  }

  /** The picture that a subject of the log belongs to; undefined where the log knows no such subject. @throws as `of`. */
  async ofSubject(subject: string): Promise<AreaPicture | undefined> {
    const [first] = await this.reader.ofSubject(subject);
    return first && this.of(first.partitionkey);
  }
}
