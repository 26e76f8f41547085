import { readPolicyRules } from '@yizhan/policy';
import { policyKey, type StationPicture } from './area-picture.js';
import { beginHistory } from './arrival-history.js';
import { type Fold, instantOf } from './fold.js';

export const policyPublished: Fold<'policy.published'> = (picture, { data }) => {
  picture.policies.set(policyKey(data), readPolicyRules(data.rules));
};

export const zoneActivated: Fold<'zone.activated'> = (picture, { data }) => {
  picture.policyOfZone.set(data.zoneId, data.policy);
  beginHistory(picture.arrivals, data.zoneId, instantOf(data.startsAt));
};

export const zoneChanged: Fold<'zone.changed'> = (picture, { data }) => {
  picture.policyOfZone.set(data.zoneId, data.policy);
};

export const stationOpened: Fold<'station.opened'> = (picture, { data }) => {
  const { isCutOff = false, isReviewed = false } = picture.stations.get(data.stationCode) ?? {};
  picture.stations.set(data.stationCode, { location: data.location, state: 'open', isCutOff, isReviewed });
};

export const assignmentModeChanged: Fold<'station.assignment_mode_changed'> = (picture, { data }) => {
  const station = picture.stations.get(data.stationCode);
  if (station) station.isReviewed = data.assignmentMode === 'review';
};

export const stationChanged: Fold<'station.changed'> = (picture, { data }) => {
  const station = picture.stations.get(data.stationCode);
  if (station) picture.stations.set(data.stationCode, { ...station, location: data.location });
};

export const stationSuspended: Fold<'station.suspended'> = becomes('suspended');
export const stationResumed: Fold<'station.resumed'> = becomes('open');
export const stationClosed: Fold<'station.closed'> = becomes('closed');

export const stationCutOff: Fold<'station.cut_off'> = (picture, { data }) => {
  const station = picture.stations.get(data.stationCode);
  if (station) station.isCutOff = true;
};

export const stationReconnected: Fold<'station.reconnected'> = (picture, { data }) => {
  const station = picture.stations.get(data.stationCode);
  if (station) station.isCutOff = false;
};

function becomes(state: StationPicture['state']): Fold<'station.suspended' | 'station.resumed' | 'station.closed'> {
  return (picture, { data }) => {
    const station = picture.stations.get(data.stationCode);
    if (station) station.state = state;
  };
}
