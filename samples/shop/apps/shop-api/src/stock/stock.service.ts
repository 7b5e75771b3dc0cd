import { Injectable } from '@nestjs/common';
import type { Prisma, Stock } from '../../generated/prisma';
import { PrismaService } from '../prisma/prisma.service';

export interface LowStock {
  productId: number;
  name: string;
  onHand: number;
}

@Injectable()
export class StockService {
  constructor(private readonly prisma: PrismaService) {}

  async open(productId: number): Promise<void> {
    await this.prisma.stock.create({ data: { productId, onHand: 0 } });
  }

  low(below: number): Promise<LowStock[]> {
    return this.prisma.$queryRaw<LowStock[]>`
      SELECT s."productId", p."name", s."onHand"
      FROM "Stock" s JOIN "Product" p ON p."id" = s."productId"
      WHERE s."onHand" < ${below} ORDER BY s."onHand" LIMIT 50`;
  }

  /** Stock-taking: what was counted replaces what was believed, and the difference is written down. */
  async count(productId: number, onHand: number): Promise<Stock> {
    const before = await this.prisma.stock.findUniqueOrThrow({ where: { productId } });
    const [stock] = await this.prisma.$transaction([
      this.prisma.stock.update({ where: { productId }, data: { onHand } }),
      this.prisma.stockMovement.create({
        data: { productId, quantity: onHand - before.onHand, reason: 'stock-taking' },
      }),
    ]);
    return stock;
  }

  movements(productId: number) {
    return this.prisma.stockMovement.findMany({
      where: { productId },
      orderBy: { id: 'desc' },
      take: 50,
    });
  }

  /** Puts goods back on the shelf. */
  async giveBack(productId: number, quantity: number): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await tx.stock.update({ where: { productId }, data: { onHand: { increment: quantity } } });
      await tx.stockMovement.create({ data: { productId, quantity, reason: 'returned' } });
    });
  }

  /** Takes sold goods off the shelf, as part of the sale's transaction. */
  async take(tx: Prisma.TransactionClient, productId: number, quantity: number): Promise<void> {
    await tx.stock.update({ where: { productId }, data: { onHand: { decrement: quantity } } });
    await tx.stockMovement.create({ data: { productId, quantity: -quantity, reason: 'sold' } });
  }
}
