import { Visit } from '../../station/src/visits/visit.js'; // planted
import type { Station } from '../../station/src/stations/station.js'; // planted
import { Proposal } from './proposal.js';

// import { Gate } from '../../station/src/gate.js';
export const match = (visit: Visit, station: Station): Proposal => new Proposal(visit, station);
export const later = () => import('../../station/src/late.js'); // planted
