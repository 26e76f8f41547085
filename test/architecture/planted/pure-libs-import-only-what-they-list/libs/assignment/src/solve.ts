import { Clock } from '@yizhan/kernel'; // planted
import { createHash } from 'node:crypto'; // planted

export const parts = [Clock, createHash];
