import { All, Controller, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { WebhooksService } from './webhooks.service';

@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /** Providers check the address by GET or HEAD before they POST to it. */
  @All(':provider')
  receive(@Param('provider') provider: string, @Req() request: Request) {
    return this.webhooks.receive(provider, request.method, request.body);
  }
}
