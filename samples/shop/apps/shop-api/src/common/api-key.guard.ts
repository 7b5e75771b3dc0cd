import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';

/** Lets in who sends the office's key in `x-api-key`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly key = process.env.SHOP_API_KEY ?? 'office';

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.headers['x-api-key'] !== this.key) throw new UnauthorizedException('Wrong API key');
    return true;
  }
}
