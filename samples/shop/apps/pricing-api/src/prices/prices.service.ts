import { Injectable, NotFoundException } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';

export interface PriceChange {
  cents: number;
  validFrom: string;
}

@Injectable()
export class PricesService {
  constructor(private readonly prisma: PrismaService) {}

  async priceOf(sku: string): Promise<number> {
    const price = await this.prisma.price.findFirst({
      where: { sku, validFrom: { lte: new Date() } },
      orderBy: { validFrom: 'desc' },
    });
    if (!price) throw new NotFoundException(`No price for ${sku}`);
    return price.cents;
  }

  async currentPrices(skus: string[]): Promise<Record<string, number>> {
    const prices = await this.prisma.price.findMany({
      where: { sku: { in: skus }, validFrom: { lte: new Date() } },
      orderBy: { validFrom: 'asc' },
    });
    return Object.fromEntries(prices.map(({ sku, cents }) => [sku, cents]));
  }

  async history(sku: string): Promise<PriceChange[]> {
    return this.prisma.$queryRaw<PriceChange[]>`
      SELECT "cents", "validFrom" FROM "Price" WHERE "sku" = ${sku} ORDER BY "validFrom" DESC LIMIT 50`;
  }
}
