import { ConflictException, Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';
import type { Page } from '../common/page.pipe';
import { PricingClient } from '../pricing/pricing.client';
import { StockService } from '../stock/stock.service';
import type { PlaceOrderDto } from './order.dto';
import { OrdersRepository } from './orders.repository';

@Injectable()
export class OrdersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly orders: OrdersRepository,
    private readonly stock: StockService,
    private readonly pricing: PricingClient,
  ) {}

  list(page: Page) {
    return this.orders.page(page);
  }

  listInFull(page: Page) {
    return this.orders.pageInFull(page);
  }

  get(id: number) {
    return this.orders.find(id);
  }

  async place({ customerId, country, discountCode, lines }: PlaceOrderDto) {
    const products = await this.prisma.product.findMany({
      where: { id: { in: lines.map(({ productId }) => productId) } },
    });
    const byId = new Map(products.map((product) => [product.id, product]));
    const known = lines.flatMap((line) => {
      const product = byId.get(line.productId);
      return product ? [{ ...line, product }] : [];
    });
    const quote = await this.pricing.quote(
      country,
      known.map(({ product, quantity }) => ({ sku: product.sku, quantity })),
      discountCode,
    );
    return this.prisma.$transaction(async (tx) => {
      const order = await tx.order.create({
        data: { customerId, country, totalCents: quote.totalCents },
      });
      await tx.orderItem.createMany({
        data: known.map(({ product, quantity }) => ({
          orderId: order.id,
          productId: product.id,
          quantity,
          priceCents: product.priceCents,
        })),
      });
      for (const { product, quantity } of known.slice(0, 5))
        await this.stock.take(tx, product.id, quantity);
      await tx.orderEvent.create({
        data: { orderId: order.id, kind: 'placed', note: `quote ${quote.id}` },
      });
      return order;
    });
  }

  async pay(id: number, reference: string) {
    const order = await this.orders.find(id);
    if (order.status === 'paid') throw new ConflictException(`Order ${id} is already paid`);
    const [paid] = await this.prisma.$transaction([
      this.prisma.order.update({ where: { id }, data: { status: 'paid' } }),
      this.prisma.payment.create({
        data: { orderId: id, amountCents: order.totalCents, reference },
      }),
      this.prisma.orderEvent.create({ data: { orderId: id, kind: 'paid', note: reference } }),
    ]);
    return paid;
  }

  /** Deletes an order for good: what was in it goes back on the shelf and is refunded. */
  async remove(id: number): Promise<void> {
    const { items } = await this.orders.find(id);
    for (const item of items) {
      const order = await this.orders.find(id);
      const { refundCents } = await this.pricing.refund(
        order.country,
        item.product.sku,
        item.quantity,
        item.priceCents * item.quantity,
      );
      await this.stock.giveBack(item.productId, item.quantity);
      await this.orders.removeItem(item, refundCents);
    }
    await this.orders.remove(id);
  }
}
