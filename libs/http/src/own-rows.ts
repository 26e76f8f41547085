import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { callerOf } from '@yizhan/identity';
import { readingFor } from '@yizhan/persistence';
import type { Observable } from 'rxjs';

/** Marks what `OwnRows` was put on, for a test that looks for what was forgotten. */
export const ownRowsKey = 'yizhan:own-rows';

@Injectable()
class ReadOwnRows implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<{ readonly method: string }>();
    const caller = callerOf(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (caller.role !== 'carrier' || !isRead) return next.handle();
    return readingFor(caller.carrierId ?? '', () => next.handle());
  }
}

/** What the route reads for a carrier, the database shows it too: row-level security, whatever the route itself asks. */
export const OwnRows = (): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ownRowsKey, true), UseInterceptors(ReadOwnRows));
