import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { environmentFault, messageOf, systemCode } from '@yizhan/process';

/**
 * Opens the port. @returns the address, such as `http://127.0.0.1:7700`. @throws Fault where it cannot be had, with how to
 * `mend` it.
 */
export async function listen(
  app: NestFastifyApplication,
  { host, port }: { readonly host: string; readonly port: number },
  mend: string,
): Promise<string> {
  try {
    // Not by Nest's own way, which would log a fault that is told here.
    return await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    const isTaken = systemCode(error) === 'EADDRINUSE';
    throw environmentFault(
      isTaken
        ? `port ${port} on ${host} is taken by another program`
        : `cannot listen on ${host}:${port}: ${messageOf(error)}`,
      mend,
    );
  }
}
