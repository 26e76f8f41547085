import { Visit } from '../visits/visit.js'; // planted

export class Bay extends Visit {}
