export { Visit } from './visit.js'; // planted
