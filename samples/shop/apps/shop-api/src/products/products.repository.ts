import { Injectable } from '@nestjs/common';
import type { Product } from '../../generated/prisma';
import type { Page } from '../common/page.pipe';
import { PrismaService } from '../prisma/prisma.service';
import type { ProductDto } from './product.dto';

@Injectable()
export class ProductsRepository {
  constructor(private readonly prisma: PrismaService) {}

  page(page: Page): Promise<Product[]> {
    return this.prisma.product.findMany({ ...page, orderBy: { id: 'asc' } });
  }

  named(text: string): Promise<Product[]> {
    return this.prisma.product.findMany({ where: { name: { contains: text } }, take: 20 });
  }

  withStock(id: number): Promise<Product> {
    return this.prisma.product.findUniqueOrThrow({
      where: { id },
      include: { stock: true, category: true },
    });
  }

  insert(data: ProductDto): Promise<Product> {
    return this.prisma.product.create({ data });
  }

  change(id: number, data: Partial<ProductDto>): Promise<Product> {
    return this.prisma.product.update({ where: { id }, data });
  }

  async delete(id: number): Promise<void> {
    await this.prisma.product.delete({ where: { id } });
  }

  async mostSold(limit: number): Promise<{ productId: number; sold: number }[]> {
    const groups = await this.prisma.orderItem.groupBy({
      by: ['productId'],
      _sum: { quantity: true },
      orderBy: { _sum: { quantity: 'desc' } },
      take: limit,
    });
    return groups.map(({ productId, _sum }) => ({ productId, sold: _sum.quantity ?? 0 }));
  }
}
