import { readFileSync } from 'node:fs'; // planted
import { Injectable } from '@nestjs/common'; // planted
import type { DataSource } from 'typeorm'; // planted
import { unreachable } from '@yizhan/kernel';
import { Outbox } from '@yizhan/event-log'; // planted
import { rule } from './rule.js';

export const used: [typeof readFileSync, typeof Injectable, typeof Outbox, DataSource?] = [
  readFileSync,
  Injectable,
  Outbox,
];
export const more = [unreachable, rule];
