import { Caller, type Claims, type Role, roles } from '@yizhan/identity';
import type { EventFacts } from './logged-event.js';
import { maySee } from './may-see.js';

const facts = (parts: Partial<EventFacts>): EventFacts => ({
  id: 'one',
  type: 'yizhan.visit.arrived.v1',
  areaCode: 'jinhua',
  correlationId: 'one',
  ...parts,
});

const events = {
  ofHisTruckAtHisStation: facts({ stationCode: 'JD', carrierId: 'shunfa' }),
  ofAnotherTruckAtHisStation: facts({ stationCode: 'JD', carrierId: 'other' }),
  ofNobodysTruckAtHisStation: facts({ stationCode: 'JD' }),
  atAnotherStation: facts({ stationCode: 'PJ' }),
  ofTheWholeArea: facts({}),
  inAnotherArea: facts({ areaCode: 'ningbo', stationCode: 'NB', carrierId: 'shunfa' }),
};
type Case = keyof typeof events;

const all = Object.keys(events) as Case[];
const atHisStation: Case[] = ['ofHisTruckAtHisStation', 'ofAnotherTruckAtHisStation', 'ofNobodysTruckAtHisStation'];
const ofHisTrucks: Case[] = ['ofHisTruckAtHisStation', 'inAnotherArea'];

const seen: Record<Role, readonly Case[]> = {
  administrator: all,
  command_centre: all.filter((each) => each !== 'inAnotherArea'),
  operator: atHisStation,
  shift_lead: atHisStation,
  carrier: ofHisTrucks,
  driver: [],
  enterprise: [],
};

// Every claim there is: that a token names a carrier gives an operator nothing.
const claims: Omit<Claims, 'role'> = {
  sub: 'x',
  stations: ['JD'],
  areas: ['jinhua'],
  carrierId: 'shunfa',
  driverId: 'R1',
  enterpriseId: 'E1',
};

it.each(roles)('shows a %s what is his, and nothing else', (role) => {
  const caller = new Caller({ ...claims, role });
  expect(all.filter((each) => maySee(caller, events[each]))).toEqual(seen[role]);
});

it.each(roles.filter((role) => role !== 'administrator'))('shows a %s whose token names nothing no event', (role) => {
  const caller = new Caller({ sub: 'x', role });
  expect(all.filter((each) => maySee(caller, events[each]))).toEqual([]);
});
