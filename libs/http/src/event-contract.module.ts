import { Module } from '@nestjs/common';
import { EventContractController } from './event-contract.controller.js';

/** `/api/asyncapi.json`, `/api/event-catalogue.json` and `/api/schemas/…`, for everybody. */
@Module({ controllers: [EventContractController] })
export class EventContractModule {}
