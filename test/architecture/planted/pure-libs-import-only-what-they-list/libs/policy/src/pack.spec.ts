import { readFileSync } from 'node:fs';

it('may read a file', () => expect(readFileSync).toBeDefined());
