import { aVisit } from '@yizhan/testing';

it('may build one', () => expect(aVisit()).toBeDefined());
