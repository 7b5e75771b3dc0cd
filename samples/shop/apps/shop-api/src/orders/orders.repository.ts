import { Injectable, NotFoundException } from '@nestjs/common';
import type { OrderItem, Prisma } from '../../generated/prisma';
import type { Page } from '../common/page.pipe';
import { PrismaService } from '../prisma/prisma.service';

const inFull = {
  customer: true,
  items: { include: { product: true } },
} satisfies Prisma.OrderInclude;

@Injectable()
export class OrdersRepository {
  constructor(private readonly prisma: PrismaService) {}

  page(page: Page) {
    return this.prisma.order.findMany({ ...page, orderBy: { id: 'desc' } });
  }

  pageInFull(page: Page) {
    return this.prisma.order.findMany({ ...page, orderBy: { id: 'desc' }, include: inFull });
  }

  async find(id: number) {
    const order = await this.prisma.order.findUnique({ where: { id }, include: inFull });
    if (!order) throw new NotFoundException(`No order ${id}`);
    return order;
  }

  async removeItem(item: OrderItem, refundCents: number): Promise<void> {
    await this.prisma.$transaction([
      this.prisma.orderItem.delete({ where: { id: item.id } }),
      this.prisma.orderEvent.create({
        data: {
          orderId: item.orderId,
          kind: 'item removed',
          note: `product ${item.productId}, ${refundCents} refunded`,
        },
      }),
    ]);
  }

  async remove(id: number): Promise<void> {
    await this.prisma.order.delete({ where: { id } });
  }
}
