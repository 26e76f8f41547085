import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { Problem } from '@yizhan/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a route may be sent beside JSON. */
export const csvType = 'text/csv';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const uploadTypes = [csvType, xlsxType] as const;
export type UploadType = (typeof uploadTypes)[number];

/** Enough for 20,000 rows, and read into memory as a whole. */
export const largestUpload = 8 * 1024 * 1024;

const uploadsKey = 'uploads';

/** The body of a request that is a file: as it was sent, and what it is said to be. */
export interface UploadedFile {
  readonly type: UploadType;
  readonly bytes: Buffer;
}

/** A route whose body is a file, sent as it is: no form around it. */
export function Upload(description: string): MethodDecorator {
  return applyDecorators(
    RouteConfig({ [uploadsKey]: true }),
    ApiConsumes(...uploadTypes),
    ApiBody({ required: true, description, schema: { type: 'string', format: 'binary' } }),
  );
}

/** The file that was sent, as a parameter. @throws Problem `REQUEST.MEDIA_TYPE` where it is none. */
export const TheUpload = createParamDecorator((_data: unknown, context: ExecutionContext): UploadedFile => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const type = uploadTypes.find((each) => each === mediaTypeOf(request));
  if (type === undefined || !Buffer.isBuffer(request.body)) throw notThisType(`send ${uploadTypes.join(' or ')}`);
  return { type, bytes: request.body };
});

/** Reads files as bytes, on the routes that are made for them alone. */
export function readUploads(fastify: Pick<FastifyInstance, 'addContentTypeParser' | 'addHook'>): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = mediaTypeOf(request);
    const isUpload = uploadTypes.some((each) => each === type);
    const config = request.routeOptions.config as { readonly [uploadsKey]?: boolean };
    if (isUpload && config[uploadsKey] !== true) return done(notThisType('send the body as application/json'));
    return done();
  });
  fastify.addContentTypeParser(
    [...uploadTypes],
    { parseAs: 'buffer', bodyLimit: largestUpload },
    (_request, body, done) => done(null, body),
  );
}

const mediaTypeOf = ({ headers }: FastifyRequest): string | undefined =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase();

function notThisType(message: string): Problem {
  return new Problem('invalid', 'REQUEST.MEDIA_TYPE', message);
}
