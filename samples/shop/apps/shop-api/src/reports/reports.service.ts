import { Injectable } from '@nestjs/common';
import { PricingClient } from '../pricing/pricing.client';
import { PrismaService } from '../prisma/prisma.service';

export interface DaySales {
  day: string;
  orders: number;
  totalCents: number;
}

@Injectable()
export class ReportsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly pricing: PricingClient,
  ) {}

  async salesPerDay(): Promise<DaySales[]> {
    const rows = await this.prisma.$queryRawUnsafe<
      { day: string; orders: bigint | number; totalCents: bigint | number }[]
    >(
      `SELECT date("createdAt") AS "day", count(*) AS "orders", sum("totalCents") AS "totalCents"
       FROM "Order" GROUP BY 1 ORDER BY 1 DESC LIMIT 31`,
    );
    return rows.map(({ day, orders, totalCents }) => ({
      day,
      orders: Number(orders),
      totalCents: Number(totalCents),
    }));
  }

  /** What the standard basket costs there, tax included. */
  async taxOnBasket(country: string): Promise<{ country: string; taxedCents: number }> {
    const products = await this.prisma.product.findMany({ take: 3, orderBy: { id: 'asc' } });
    const lines = products.map(({ sku }) => ({ sku, quantity: 1 }));
    const { totalCents } = await this.pricing.quote(country, lines);
    return { country, taxedCents: totalCents };
  }

  async bestRated(): Promise<{ best: string; stars: number }> {
    const [top] = await this.prisma.review.groupBy({
      by: ['productId'],
      where: { stars: { gt: 5 } },
      _avg: { stars: true },
      orderBy: { _avg: { stars: 'desc' } },
      take: 1,
    });
    const product = await this.prisma.product.findUnique({ where: { id: top.productId } });
    return { best: product?.name ?? '', stars: top._avg.stars ?? 0 };
  }
}
