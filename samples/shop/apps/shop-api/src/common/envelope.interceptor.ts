import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { map, Observable } from 'rxjs';

/** `{ data, count }` around a list. */
@Injectable()
export class EnvelopeInterceptor<T> implements NestInterceptor<T[], { data: T[]; count: number }> {
  intercept(
    _context: ExecutionContext,
    next: CallHandler<T[]>,
  ): Observable<{ data: T[]; count: number }> {
    return next.handle().pipe(map((data) => ({ data, count: data.length })));
  }
}
