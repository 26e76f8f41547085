import { Column, type ValueTransformer } from 'typeorm';

/** Reads a `timestamptz` as epoch milliseconds. Rows are only read through TypeORM, never written. */
export const instants: ValueTransformer = {
  from: (instant: Date | null) => instant?.getTime() ?? null,
  to: (value: unknown) => value,
};

/** A `timestamptz` that reads as epoch milliseconds. */
export function InstantColumn({ name, nullable = false }: { name: string; nullable?: boolean }): PropertyDecorator {
  return Column({ type: 'timestamptz', name, nullable, transformer: instants });
}
