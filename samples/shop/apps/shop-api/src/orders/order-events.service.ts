import { Injectable, type MessageEvent } from '@nestjs/common';
import { concatMap, from, map, Observable, take, timer } from 'rxjs';
import { PrismaService } from '../prisma/prisma.service';

const intervalMs = 150;
const messages = 3;

@Injectable()
export class OrderEventsService {
  constructor(private readonly prisma: PrismaService) {}

  /** How an order is doing, a few times; the browser reconnects for more. */
  follow(orderId: number): Observable<MessageEvent> {
    return timer(0, intervalMs).pipe(
      take(messages),
      concatMap(() => from(this.latest(orderId))),
      map((data) => ({ data })),
    );
  }

  private async latest(orderId: number): Promise<{ status: string }> {
    const event = await this.prisma.orderEvent.findFirst({
      where: { orderId },
      orderBy: { id: 'desc' },
    });
    return { status: event?.kind ?? 'unknown' };
  }
}
