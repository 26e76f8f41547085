import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type PipeTransform,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiPayloadTooLargeResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { callerOf } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { FastifyInstance } from 'fastify';
import { type ChangeRequest, changesState, type RawRequest, toChangeRequest } from './change-request.js';

const mediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** What a phone takes is about half of it. */
const largestPhoto = 8 * 1024 * 1024;
const takesPhoto = 'takesPhoto';

/** A photo that was sent as it is, and the request that it came with. */
export interface PhotoUpload {
  /** Its digest stands for the photo's. */
  readonly request: ChangeRequest;
  readonly content: Buffer;
}

/** Leaves photos unread for the routes that take them: nobody fills our memory who has not passed the guard. */
export function acceptPhotos(fastify: Pick<FastifyInstance, 'addContentTypeParser'>): void {
  fastify.addContentTypeParser([...mediaTypes], (request, _payload, done) => {
    if (takesPhoto in request.routeOptions.config) return done(null, undefined);
    return done(new Problem('invalid', 'REQUEST.MEDIA_TYPE', 'send the body as application/json'));
  });
}

/** Marks a route whose body is a photo. */
export function TakesPhoto(): MethodDecorator {
  return applyDecorators(
    RouteConfig({ [takesPhoto]: true }),
    ApiConsumes(...mediaTypes),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }),
    ApiExtension(changesState, true),
    ApiPayloadTooLargeResponse({ description: `More than ${largestPhoto} bytes` }),
    ApiUnsupportedMediaTypeResponse({ description: `Neither ${mediaTypes.join(' nor ')}` }),
  );
}

interface UploadRequest extends RawRequest {
  readonly raw: Readable;
}

@Injectable()
class ReadPhoto implements PipeTransform<UploadRequest, Promise<PhotoUpload>> {
  async transform(request: UploadRequest): Promise<PhotoUpload> {
    const { method, url, headers } = request;
    const asked = (body: unknown) => toChangeRequest(callerOf(request), { method, url, headers, body });
    // Refused before anything is read where its key is missing.
    asked(undefined);
    const content = await readPhoto(request);
    return { request: asked(createHash('sha256').update(content).digest('hex')), content };
  }
}

const HttpRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<UploadRequest>(),
);

/** The photo that was sent, read as it comes up to its limit. @throws Problem that becomes a 413 or 415. */
export const SentPhoto = (): ParameterDecorator => HttpRequest(ReadPhoto);

async function readPhoto({ headers, raw }: UploadRequest): Promise<Buffer> {
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  if (!mediaTypes.some((each) => each === type.trim().toLowerCase())) {
    throw new Problem('invalid', 'REQUEST.MEDIA_TYPE', `send the photo as ${mediaTypes.join(', ')}`);
  }
  if (Number(headers['content-length'] ?? 0) > largestPhoto) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying it would cut the connection before the answer.
  for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > largestPhoto) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  if (size === 0) throw new Problem('invalid', 'REQUEST.MEDIA_TYPE', 'send the photo as the body: there is none');
  return Buffer.concat(chunks);
}

const tooLarge = (): Problem =>
  new Problem('invalid', 'REQUEST.TOO_LARGE', `a photo has at most ${largestPhoto} bytes`, { maxBytes: largestPhoto });
