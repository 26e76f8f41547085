import { type DynamicModule, Module } from '@nestjs/common';

/** Several services in one Nest application. */
@Module({})
export class Together {
  static of(imports: readonly DynamicModule[]): DynamicModule {
    return { module: Together, imports: [...imports] };
  }
}
