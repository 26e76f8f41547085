import { aVisit } from '@yizhan/testing'; // planted
import { history } from '../../../../test/verify/history.js'; // planted

export const arrive = () => [aVisit(), history()];
