import { forwardRef, Module } from '@nestjs/common';
import { RunsModule } from './runs/runs.module.js';

// forwardRef(() => RunsModule) in a comment is nothing.
@Module({ imports: [forwardRef(() => RunsModule)] }) // planted
export class StationModule {}
