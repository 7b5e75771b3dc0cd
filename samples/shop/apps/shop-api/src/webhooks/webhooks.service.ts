import { BadRequestException, Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';

@Injectable()
export class WebhooksService {
  constructor(private readonly prisma: PrismaService) {}

  async receive(provider: string, method: string, body: unknown): Promise<{ received: boolean }> {
    if (method !== 'POST') return { received: false };
    const orderId = Number((body as { orderId?: unknown } | undefined)?.orderId);
    if (!Number.isInteger(orderId)) throw new BadRequestException('orderId is missing');
    await this.prisma.orderEvent.create({
      data: { orderId, kind: 'webhook', note: `told by ${provider}` },
    });
    return { received: true };
  }
}
