import { Injectable, NotFoundException } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';
import type { CreateDiscountDto } from './create-discount.dto';

@Injectable()
export class DiscountsService {
  constructor(private readonly prisma: PrismaService) {}

  list() {
    return this.prisma.discount.findMany({ orderBy: { code: 'asc' }, take: 100 });
  }

  async find(code: string) {
    const discount = await this.prisma.discount.findUnique({ where: { code } });
    if (!discount) throw new NotFoundException(`No discount ${code}`);
    return discount;
  }

  create({ code, percent }: CreateDiscountDto) {
    return this.prisma.discount.create({ data: { code, percent, usesLeft: 100 } });
  }

  remove(code: string) {
    return this.prisma.discount.deleteMany({ where: { code } });
  }

  /** The total after the discount; an unknown or used-up code changes nothing. */
  async apply(code: string | undefined, totalCents: number): Promise<number> {
    if (!code) return totalCents;
    const discount = await this.prisma.discount.findUnique({ where: { code } });
    if (!discount || discount.usesLeft === 0) return totalCents;
    await this.prisma.discount.update({ where: { code }, data: { usesLeft: { decrement: 1 } } });
    return Math.round((totalCents * (100 - discount.percent)) / 100);
  }
}
