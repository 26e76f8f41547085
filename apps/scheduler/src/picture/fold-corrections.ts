import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import type { AreaPicture } from './area-picture.js';
import type { Fold } from './fold.js';
import { driverEventRetracted } from './fold-drivers.js';
import {
  announcementCorrected,
  announcementRetracted,
  arrivalCorrected,
  judgementRetracted,
  visitNeverArrived,
} from './fold-visits.js';

/** What did not occur is undone; what was recorded wrongly is put right by the event that stands for it. */
export const recordRetracted: Fold<'record.retracted'> = (picture, { subject, data }) => {
  const { retractedEventId, replacedBy } = data;
  if (replacedBy !== undefined) {
    picture.replacements.set(subject, replacedBy);
    return;
  }
  const [kind, id = ''] = subject.split('/');
  const driver = kind === 'driver' ? picture.drivers.get(id) : undefined;
  if (driver) driverEventRetracted(driver, retractedEventId);
  if (kind === 'visit') announcementRetracted(picture, id, retractedEventId);
  const visit = kind === 'visit' ? picture.visits.get(id) : undefined;
  if (visit?.arrivedBy.eventId === retractedEventId) visitNeverArrived(picture, visit);
  else if (visit) judgementRetracted(visit, retractedEventId);
};

/** Takes an event that stands for another one, and is no second fact. @returns false where it is an event like any other. */
export function tookCorrection(picture: AreaPicture, event: YizhanEvent): boolean {
  const replacement = picture.replacements.get(event.subject);
  if (replacement === undefined) return false;
  // Where another event of the subject comes, the replacement was of a type that is not listened to.
  picture.replacements.delete(event.subject);
  if (replacement !== event.id) return false;
  if (isEvent(event, 'visit.announced')) announcementCorrected(picture, event);
  else if (isEvent(event, 'visit.arrived')) arrivalCorrected(picture, event);
  return true;
}
